//! Arbitrary JSON in the place of any value of any answer.

use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed, TestRunner},
};

use crate::{
    answers::Answer,
    document::{Tree, canonical},
};

use super::mutations;

/// Puts arbitrary JSON in the place of every value, a few times each, and arbitrary bytes in the place of every answer:
/// the JSON must decode and come back whole, the bytes must not panic.
///
/// # Panics
/// Naming the answer, the place and the smallest value that breaks.
pub fn assert_harmless(answers: &[Answer]) {
    // The seed is fixed: a failure must come again on another machine.
    let config = Config {
        cases: 4,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..Config::default()
    };
    for answer in answers {
        let document = Tree::read(answer.text);
        let places = mutations::places(&document);
        let strategy = (
            proptest::collection::vec(value(), places.len()),
            proptest::collection::vec(any::<u8>(), 0..200),
        );
        let outcome = TestRunner::new(config.clone()).run(&strategy, |(values, bytes)| {
            for (place, value) in places.iter().zip(&values) {
                let changed = mutations::put(&document, place, value);
                let reread = answer
                    .reread(&changed)
                    .map_err(|error| TestCaseError::fail(format!("{error}: {changed}")))?;
                prop_assert_eq!(canonical(&reread.document), canonical(&changed));
            }
            let _ = answer.reread(&String::from_utf8_lossy(&bytes));
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{}: {error}", answer.id);
        }
    }
}

/// Any JSON, with numbers in the spellings that vendors use.
fn value() -> impl Strategy<Value = Tree> {
    let text = prop_oneof![
        Just(String::new()),
        "[a-z0-9_.:-]{1,12}",
        "\\PC{0,6}",
        Just("\"\\\u{0}\n".to_owned())
    ];
    let number = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
        (-1_000_000_i64..1_000_000, 0_u32..100).prop_map(|(whole, cents)| format!("{whole}.{cents:02}5")),
    ];
    let leaf = prop_oneof![
        Just(Tree::Null),
        any::<bool>().prop_map(Tree::Bool),
        number.prop_map(Tree::Number),
        text.prop_map(Tree::Text),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let key = prop_oneof![
            "[a-z_]{1,8}",
            Just("id".to_owned()),
            Just("name".to_owned()),
            "\\PC{0,4}"
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Tree::List),
            proptest::collection::btree_map(key, inner, 0..4)
                .prop_map(|members| Tree::Object(members.into_iter().collect())),
        ]
    })
}
