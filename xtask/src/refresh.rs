//! `cargo xtask refresh`: fixtures -> generated code. A pure function of `fixtures/`: no clock, no network, no
//! environment.

mod api;
mod words;
mod write;

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use miette::{Diagnostic, IntoDiagnostic, WrapErr};
use thiserror::Error;

use crate::{
    emit,
    fixture::{self, Fixture},
    schema::{self, Schema},
    vendor::Vendor,
};

use self::{api::Api, words::Semver};

/// Write every vendor's models, operations and tests anew from fixtures/
#[derive(Args)]
pub(crate) struct Refresh {
    /// Change nothing; fail when something would change
    #[arg(long)]
    check: bool,
    /// The workspace to work in: its fixtures/ are read, its crates/ written
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Debug, Error, Diagnostic)]
enum RefreshError {
    #[error("{count} generated files are not what fixtures/ says:\n{list}")]
    #[diagnostic(help("run `cargo xtask refresh` and commit what it writes"))]
    Stale { count: usize, list: String },
}

impl Refresh {
    /// A run over a workspace that writes.
    pub(crate) fn in_workspace(root: Option<PathBuf>) -> Self {
        Self { check: false, root }
    }

    pub(crate) fn run(&self) -> miette::Result<()> {
        let fixtures = self
            .root
            .as_ref()
            .map_or_else(fixture::root, |root| root.join("fixtures"));
        let root = workspace_root(&fixtures);
        let next = plan(&fixtures)?;
        let changes = write::changes(&root, &next.files).into_diagnostic()?;
        if self.check {
            if changes.is_empty() {
                anstream::println!("{} generated files are what fixtures/ says", next.files.len());
                return Ok(());
            }
            let changed = changes.iter().map(ToString::to_string);
            let list: Vec<String> = next
                .words()
                .into_iter()
                .chain(changed)
                .map(|line| format!("  {line}"))
                .collect();
            return Err(RefreshError::Stale {
                count: changes.len(),
                list: list.join("\n"),
            }
            .into());
        }
        write::apply(&root, &next.files, &changes)
            .into_diagnostic()
            .wrap_err("nothing was changed")?;
        for line in next.words() {
            anstream::println!("{line}");
        }
        anstream::println!("{} generated files, {} changed", next.files.len(), changes.len());
        anstream::println!("semver: {}", next.semver(&changes));
        Ok(())
    }
}

/// What a run would write, and what that means.
pub(crate) struct Plan {
    pub(crate) files: emit::Files,
    crates: Vec<CratePlan>,
}

/// What changes for those who use one vendor's crate.
struct CratePlan {
    name: String,
    lines: Vec<words::Line>,
}

impl Plan {
    /// What changes, in words, crate by crate.
    fn words(&self) -> Vec<String> {
        let changed = self.crates.iter().filter(|one| !one.lines.is_empty());
        changed
            .flat_map(|one| std::iter::once(format!("{}:", one.name)).chain(one.lines.iter().map(ToString::to_string)))
            .collect()
    }

    /// What the greatest of all changes means, and which crate has which.
    fn semver(&self, changes: &[write::Change]) -> String {
        let mut all: Vec<(&str, Semver)> = self
            .crates
            .iter()
            .map(|one| (one.name.as_str(), one.semver(changes)))
            .collect();
        all.retain(|(_, semver)| *semver != Semver::Nothing);
        let greatest = all.iter().map(|(_, semver)| *semver).max().unwrap_or(Semver::Nothing);
        let crates: Vec<String> = match all.as_slice() {
            [] => return greatest.to_string(),
            [(name, _)] => vec![(*name).to_owned()],
            _ => all.iter().map(|(name, semver)| format!("{name} {semver}")).collect(),
        };
        format!("{greatest} ({})", crates.join(", "))
    }
}

impl CratePlan {
    /// Where the names stay and only their code or their documentation changes, a patch.
    fn semver(&self, changes: &[write::Change]) -> Semver {
        let source = Path::new("crates").join(&self.name).join("src");
        let touched = changes.iter().any(|change| change.path().starts_with(&source));
        let least = if touched { Semver::Patch } else { Semver::Nothing };
        self.lines.iter().map(|line| line.semver).fold(least, Semver::max)
    }
}

/// All generated files of all vendors, and how they differ from what stands for those who use them.
pub(crate) fn plan(fixtures: &Path) -> miette::Result<Plan> {
    let root = workspace_root(fixtures);
    let mut plan = Plan {
        files: emit::Files::new(),
        crates: Vec::new(),
    };
    for (vendor, pages) in vendors(fixtures)? {
        let name = vendor.name.clone();
        let mut schema = schema::build(vendor, &pages)?;
        let mut next = Api::of(&schema);
        let path = api::path(&schema);
        let standing = Api::load(&root.join(&path))
            .into_diagnostic()
            .wrap_err_with(|| path.display().to_string())?;
        // A later page whose key would take the name of a field that stands: the decision becomes part of the fixtures.
        let moved = standing.moved(&next);
        if !moved.is_empty() {
            let mut vendor = schema.vendor;
            vendor.names.fields.extend(moved);
            let file = PathBuf::from("fixtures").join(&name).join("names.toml");
            plan.files.insert(file, api::names_file(&vendor.names.fields));
            schema = schema::build(vendor, &pages)?;
            next = Api::of(&schema);
        }
        plan.crates.push(CratePlan {
            name: schema.vendor.crate_name.clone(),
            lines: words::words(&standing, &next),
        });
        plan.files.extend(emit::vendor(&schema));
        plan.files.insert(path, next.to_string());
    }
    Ok(plan)
}

/// Every vendor's fixtures as a schema, fix-ups applied.
pub(crate) fn schemas(fixtures: &Path) -> miette::Result<Vec<Schema>> {
    let all = vendors(fixtures)?.into_iter();
    all.map(|(vendor, pages)| Ok(schema::build(vendor, &pages)?)).collect()
}

/// Every vendor with its pages, fix-ups applied.
fn vendors(fixtures: &Path) -> miette::Result<Vec<(Vendor, Vec<Fixture>)>> {
    let all = Fixture::load_all(fixtures)?.into_iter();
    all.map(|(name, mut pages)| {
        let vendor = Vendor::load(&fixtures.join(&name))?;
        vendor.fix(&mut pages)?;
        Ok((vendor, pages))
    })
    .collect()
}

/// The folder that holds `fixtures/`.
fn workspace_root(fixtures: &Path) -> PathBuf {
    fixtures.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Whether a file is ours to overwrite and delete.
fn is_generated(path: &Path) -> bool {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("rs") => fs::read_to_string(path).is_ok_and(|text| text.starts_with("// @generated")),
        Some("json") => path.components().any(|part| part.as_os_str() == "generated"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A workspace of one vendor with pages that answer with these records.
    fn workspace(pages: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let vendor = root.path().join("fixtures/demo");
        fs::create_dir_all(&vendor).unwrap();
        let rule = "name = \"demo\"\ntitle = \"Demo\"\ncrate = \"crm-demo\"\n\
                    [envelope]\ncode = \"code\"\nmessage = \"msg\"\ndata = \"data\"\nok = \"0\"\n";
        fs::write(vendor.join("vendor.toml"), rule).unwrap();
        for (name, record) in pages {
            add(root.path(), name, record);
        }
        root
    }

    fn add(root: &Path, name: &str, record: &str) {
        let folder = root.join("fixtures/demo").join(name);
        fs::create_dir_all(&folder).unwrap();
        let param = "[[param]]\nin = \"body\"\nname = \"things\"\ntype = \"Object[]\"\n\
                     [[param]]\nin = \"body\"\nname = \"things.KEY\"\ntype = \"String\"\n";
        let key = record.split('"').nth(1).unwrap();
        let endpoint =
            format!("operation = \"{name}\"\nmethod = \"POST\"\npath = \"/{name}\"\n{param}").replace("KEY", key);
        fs::write(folder.join("endpoint.toml"), endpoint).unwrap();
        fs::write(
            folder.join("response.json"),
            format!("{{\"code\":0,\"data\":{{\"thing\":{record}}}}}"),
        )
        .unwrap();
    }

    fn run(root: &Path) {
        Refresh {
            check: false,
            root: Some(root.to_path_buf()),
        }
        .run()
        .unwrap();
    }

    fn standing(root: &Path) -> Api {
        Api::load(&root.join("crates/crm-demo/api.txt")).unwrap()
    }

    fn keys(api: &Api, item: &str) -> Vec<String> {
        api.items[item]
            .fields
            .iter()
            .map(|(ident, field)| format!("{ident} = {}", field.key))
            .collect()
    }

    #[test]
    fn a_name_that_stands_stays_with_its_key_whatever_pages_come() {
        let root = workspace(&[("m_update", r#"{"fooBar":"x"}"#)]);
        run(root.path());
        assert_eq!(keys(&standing(root.path()), "models::Thing"), ["foo_bar = fooBar"]);
        // One page before it, one after it, in the order of their names.
        add(root.path(), "a_update", r#"{"foo_bar":"x"}"#);
        add(root.path(), "z_update", r#"{"_foo_bar":"x"}"#);
        run(root.path());
        let api = standing(root.path());
        let expected = ["foo_bar = fooBar", "foo_bar_flag = _foo_bar", "foo_bar_snake = foo_bar"];
        assert_eq!(keys(&api, "models::Thing"), expected);
        let expected = [
            "foo_bar = fooBar",
            "things_foo_bar = foo_bar",
            "things_foo_bar_ = _foo_bar",
        ];
        assert_eq!(keys(&api, "inputs::ThingInput"), expected);
        // What was decided is part of the fixtures: without what was generated, the same comes out.
        fs::remove_dir_all(root.path().join("crates")).unwrap();
        run(root.path());
        assert_eq!(standing(root.path()), api);
        let again = plan(&root.path().join("fixtures")).unwrap();
        assert!(again.words().is_empty());
    }

    #[test]
    fn a_run_says_what_it_changes_and_what_that_means() {
        let root = workspace(&[("thing_update", r#"{"id":"1","note":"x"}"#)]);
        run(root.path());
        add(root.path(), "thing_update", r#"{"id":"1","note":12,"at":"2024-10-19"}"#);
        let fixtures = root.path().join("fixtures");
        let next = plan(&fixtures).unwrap();
        assert_eq!(
            next.words(),
            [
                "crm-demo:",
                "+ field Thing.at",
                "~ type Thing.note: String -> i64 (breaking)"
            ]
        );
        let changes = write::changes(root.path(), &next.files).unwrap();
        assert_eq!(next.semver(&changes), "major (crm-demo)");
        run(root.path());
        let vendor = fixtures.join("demo/vendor.toml");
        fs::write(
            &vendor,
            fs::read_to_string(&vendor)
                .unwrap()
                .replace("title", "docs = \"https://example.com/\"\ntitle"),
        )
        .unwrap();
        let next = plan(&fixtures).unwrap();
        let changes = write::changes(root.path(), &next.files).unwrap();
        assert_eq!(
            (next.words(), next.semver(&changes).as_str()),
            (vec![], "patch (crm-demo)")
        );
        run(root.path());
        let next = plan(&fixtures).unwrap();
        assert_eq!(
            next.semver(&write::changes(root.path(), &next.files).unwrap()),
            "no change"
        );
    }

    #[test]
    fn generated_code_is_what_the_fixtures_say() {
        let root = workspace_root(&fixture::root());
        let files = plan(&fixture::root()).unwrap().files;
        let changes = write::changes(&root, &files).unwrap();
        let list: Vec<String> = changes.iter().map(ToString::to_string).collect();
        assert!(
            list.is_empty(),
            "run `cargo xtask refresh` and commit what it writes:\n{}",
            list.join("\n")
        );
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let once = plan(&fixture::root()).unwrap().files;
        assert_eq!(once, plan(&fixture::root()).unwrap().files);
    }
}
