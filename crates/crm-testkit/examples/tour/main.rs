//! The tour: the operations of three vendors, sent and answered before your eyes.
//!
//! `cargo run --example tour` needs no account and no network: the vendors are on loopback. With `--live` one of the real
//! vendors answers instead.

mod embedded;
mod live;
mod show;

use std::process::ExitCode;

use clap::Parser;
use crm_core::ErrorKind;
use embedded::Vendor;

/// Shows what each operation sends and what comes back, and fails when anything differs from the documentation.
#[derive(Debug, Parser)]
#[command(name = "tour", after_help = live::VARIABLES)]
struct Arguments {
    /// Only this vendor.
    #[arg(long, value_enum)]
    vendor: Option<Vendor>,

    /// Talk to the real vendor, with credentials from the environment. Reads only, unless `--write` names a record.
    #[arg(long, requires = "vendor")]
    live: bool,

    /// With `--live`: also set the note of this record, `contact:ID` or `customer:ID`.
    #[arg(long, value_name = "KIND:ID", requires_all = ["live", "note"])]
    write: Option<live::Record>,

    /// The note that `--write` sets.
    #[arg(long, value_name = "TEXT", requires = "write")]
    note: Option<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match (arguments.live, arguments.vendor) {
        (true, Some(vendor)) => {
            live::run(
                vendor,
                &|name| std::env::var(name).ok(),
                arguments.write.zip(arguments.note),
            )
            .await
        }
        _ => embedded::run(arguments.vendor, &|_| {}).await,
    };
    let steps = match done {
        Ok(steps) => steps,
        Err(error) => {
            eprintln!("{}", error.report());
            if error.kind() == ErrorKind::Config {
                eprintln!("`--help` names the variables that hold address and credentials.");
            }
            return ExitCode::FAILURE;
        }
    };
    let different = steps.iter().filter(|step| !step.differences.is_empty()).count();
    let (closing, code) = match different {
        0 => (format!("{} calls, all as documented.", steps.len()), ExitCode::SUCCESS),
        _ => (
            format!("{different} of {} calls differ from the documentation.", steps.len()),
            ExitCode::FAILURE,
        ),
    };
    show::print(&steps, &closing);
    code
}
