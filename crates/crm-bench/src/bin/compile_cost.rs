//! What compiling the models costs against the same structs with plain derive: two throwaway crates, each with ikcrm's
//! three write answers and the functions that read and write them, rebuilt in turns.
//!
//! `cargo run -p crm-bench --bin compile_cost`
#![allow(clippy::print_stdout)]

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

const ROUNDS: usize = 5;

const OURS: &str = r"
#![allow(dead_code, unused_imports)]
pub mod generated {
    pub const CUSTOM_KEYS: crm_core::model::CustomKeys = crm_core::model::CustomKeys::NONE;
    pub mod models;
}
use generated::models::{Contact, Customer, Opportunity};
pub fn read(text: &str) -> Option<(Contact, Customer, Opportunity)> {
    use crm_core::model::decode;
    Some((decode(text).ok()?, decode(text).ok()?, decode(text).ok()?))
}
";

const PLAIN: &str = r"
#![allow(dead_code)]
#[path = PLAIN]
mod plain;
use plain::ikcrm::{Contact, Customer, Opportunity};
pub fn read(text: &str) -> Option<(Contact, Customer, Opportunity)> {
    use serde_json::from_str as decode;
    Some((decode(text).ok()?, decode(text).ok()?, decode(text).ok()?))
}
";

const WRITE: &str = r"
pub fn write(all: &(Contact, Customer, Opportunity)) -> Option<String> {
    use serde_json::to_string;
    Some(to_string(&all.0).ok()? + &to_string(&all.1).ok()? + &to_string(&all.2).ok()?)
}
";

fn main() -> io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = here.parent().unwrap_or(here);
    let generated = crates.join("crm-ikcrm/src/generated");
    let plain = here.join("src/plain.rs");
    let folder = crates.parent().unwrap_or(crates).join("target/compile-cost");
    let core = format!(
        "crm-core = {{ path = {:?}, default-features = false }}",
        crates.join("crm-core")
    );
    let ours = OURS.to_owned() + WRITE;
    let plain = PLAIN.replace("PLAIN", &format!("{plain:?}")) + WRITE;
    let crates = [
        write(&folder, "ours", &core, &ours)?,
        write(&folder, "plain", "", &plain)?,
    ];
    copy(&generated, &crates[0].join("src/generated"))?;
    for profile in ["dev", "release"] {
        let mut times = [Vec::new(), Vec::new()];
        for krate in &crates {
            build(&folder, krate, profile)?;
        }
        for _ in 0..ROUNDS {
            for (krate, times) in crates.iter().zip(&mut times) {
                fs::File::options()
                    .append(true)
                    .open(krate.join("src/lib.rs"))?
                    .set_modified(std::time::SystemTime::now())?;
                times.push(build(&folder, krate, profile)?);
            }
        }
        let best = times.map(|times| times.into_iter().min().unwrap_or_default().as_secs_f64());
        println!(
            "{profile:<8} ours {:.2} s, plain derive {:.2} s: {:.2} times",
            best[0],
            best[1],
            best[0] / best[1]
        );
    }
    Ok(())
}

fn write(folder: &Path, name: &str, dependency: &str, source: &str) -> io::Result<PathBuf> {
    let krate = folder.join(name);
    fs::create_dir_all(krate.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"compile-cost-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = {{ version = \"1\", features = [\"raw_value\"] }}\n{dependency}\n"
    );
    fs::write(krate.join("Cargo.toml"), manifest)?;
    fs::write(krate.join("src/lib.rs"), source)?;
    Ok(krate)
}

/// The models lie in a folder of their own, so they are copied where the throwaway crate looks for them.
fn copy(generated: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to.join("models"))?;
    fs::copy(generated.join("models.rs"), to.join("models.rs"))?;
    for entry in fs::read_dir(generated.join("models"))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join("models").join(entry.file_name()))?;
    }
    Ok(())
}

fn build(folder: &Path, krate: &Path, profile: &str) -> io::Result<Duration> {
    let start = Instant::now();
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--profile", profile])
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .current_dir(krate)
        .status()?;
    if !status.success() {
        return Err(io::Error::other(format!("{} does not build", krate.display())));
    }
    Ok(start.elapsed())
}
