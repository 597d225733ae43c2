//! `Debug` that shows a model's shape and hides people.

use std::fmt;

use super::{custom_keys::CustomKeys, extra::Extra};

/// A value as `Debug` and drift see it.
#[doc(hidden)]
pub enum Shown<'a> {
    /// Nothing stands there.
    Absent,
    /// A scalar.
    Leaf(&'a dyn fmt::Debug),
    /// An object.
    Model(&'a dyn AnyModel),
    /// A list.
    List(Vec<Shown<'a>>),
}

/// One field of a model.
#[doc(hidden)]
pub struct FieldView<'a> {
    /// The Rust field.
    pub name: &'static str,
    /// The JSON key.
    pub key: &'static str,
    /// Whether it says something of a person.
    pub personal: bool,
    /// What should stand there.
    pub expected: &'static str,
    /// What does.
    pub shown: Shown<'a>,
}

/// A model of any type.
#[doc(hidden)]
pub trait AnyModel {
    /// The type's name.
    fn name(&self) -> &'static str;
    /// Walks the fields in order.
    fn fields<'a>(&'a self, visit: &mut dyn FnMut(FieldView<'a>));
    /// What stood beside the fields.
    fn extra(&self) -> &Extra;
    /// Which of its keys are the tenant's own.
    fn custom_keys(&self) -> &'static CustomKeys;
}

/// Shows a model with its personal values, for a place where that is allowed.
///
/// `Debug` of a model hides names, phones, mails, addresses and free text. Wrapping it in `Reveal` shows them.
#[derive(Clone, Copy)]
pub struct Reveal<'a, M>(pub &'a M);

impl<M: super::Slot> fmt::Debug for Reveal<'_, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printed {
            shown: &self.0.shown(),
            reveal: true,
            personal: false,
        }
        .fmt(f)
    }
}

#[doc(hidden)]
pub fn model(model: &dyn AnyModel, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    print_model(model, false, f)
}

fn print_model(model: &dyn AnyModel, reveal: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(model.name());
    model.fields(&mut |field| match field.shown {
        Shown::Absent => {}
        Shown::List(ref items) if items.is_empty() => {}
        ref shown => {
            out.field(
                field.name,
                &Printed {
                    shown,
                    reveal,
                    personal: field.personal,
                },
            );
        }
    });
    let extra = model.extra();
    if extra.is_empty() {
        return out.finish();
    }
    if reveal {
        out.field("extra", &RevealedExtra(extra));
    } else {
        out.field("extra", extra);
    }
    out.finish()
}

struct Printed<'a> {
    shown: &'a Shown<'a>,
    reveal: bool,
    personal: bool,
}

impl fmt::Debug for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shown {
            Shown::Absent => f.write_str("-"),
            Shown::Model(model) => print_model(*model, self.reveal, f),
            Shown::Leaf(_) if self.personal && !self.reveal => f.write_str("<hidden>"),
            Shown::Leaf(leaf) => leaf.fmt(f),
            Shown::List(items) => f
                .debug_list()
                .entries(items.iter().map(|shown| Printed { shown, ..*self }))
                .finish(),
        }
    }
}

struct RevealedExtra<'a>(&'a Extra);

impl fmt::Debug for RevealedExtra<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.0.iter().map(|(key, raw)| (key, format_args!("{raw}").to_string())))
            .finish()
    }
}
