//! `cargo xtask`: documentation page -> fixture -> generated code.

mod add;
mod drift;
mod emit;
mod fixture;
mod json;
mod new_vendor;
mod openapi;
mod page;
mod refresh;
mod schema;
mod vendor;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", arg_required_else_help = true, after_help = EXAMPLES)]
/// From a vendor's documentation page to a typed, tested call
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Add(Box<add::Add>),
    Refresh(refresh::Refresh),
    Drift(drift::Drift),
    Openapi(openapi::Openapi),
    NewVendor(Box<new_vendor::NewVendor>),
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask add --vendor ikcrm --name contact_update page.txt
  cargo xtask add --vendor ikcrm --dry-run pages/*.html
  cargo xtask refresh
  cargo xtask drift --vendor dustess
  cargo xtask openapi
  cargo xtask new-vendor acme --host https://api.acme.cn --auth header:Authorization:'Bearer {token}'";

fn main() -> miette::Result<()> {
    match Arguments::parse().command {
        Command::Add(add) => add.run(),
        Command::Refresh(refresh) => refresh.run(),
        Command::Drift(drift) => drift.run(),
        Command::Openapi(openapi) => openapi.run(),
        Command::NewVendor(vendor) => vendor.run(),
    }
}
