//! `cargo xtask new-vendor`: a crate with the same rooms as the others, ready for the vendor's first page.

mod scaffold;
#[cfg(test)]
mod tests;

use std::{fs, path::PathBuf};

use clap::Args;
use miette::{Diagnostic, IntoDiagnostic, WrapErr};
use thiserror::Error;

use crate::{fixture, refresh::Refresh};

/// Lay out the crate and the fixtures of one more vendor
#[derive(Args)]
#[command(after_help = "\
Examples:
  cargo xtask new-vendor acme --host https://api.acme.cn --auth header:Authorization:'Bearer {token}' \\
      --envelope code=code,message=msg,data=data,ok=0
  cargo xtask new-vendor acme --host https://api.acme.cn --auth query:access_token \\
      --envelope code=errcode,message=errmsg,data=data,ok=0,success=success

docs/adding-a-vendor.md walks through the whole.")]
pub(crate) struct NewVendor {
    /// Short name: lower-case letters, digits and `_`; the crate is crm-NAME
    #[arg(value_parser = scaffold::name)]
    name: String,
    /// What people call it
    #[arg(long)]
    title: Option<String>,
    /// Address of the API; the first one is the client's default. None where the vendor publishes none
    #[arg(long = "host", value_name = "URL", value_parser = scaffold::host)]
    hosts: Vec<String>,
    /// Where the token travels: header:NAME:FORMAT or query:NAME; FORMAT has `{token}` in it
    #[arg(long, value_name = "PLACE:NAME", value_parser = scaffold::auth)]
    auth: scaffold::Auth,
    /// Keys of the wrapper around every answer, and the code of success
    #[arg(long, value_name = "KEY=NAME,…", default_value = "code=code,message=message,data=data,ok=0", value_parser = scaffold::envelope)]
    envelope: scaffold::Envelope,
    /// The code with which the vendor says that a token is dead
    #[arg(long, value_name = "CODE", default_value = "401")]
    dead_token: String,
    /// The code with which the vendor refuses a request that it does not understand
    #[arg(long, value_name = "CODE", default_value = "400")]
    bad_request: String,
    /// Where the vendor's documentation begins
    #[arg(long, value_name = "URL")]
    docs: Option<String>,
    /// The workspace to work in
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Debug, Error, Diagnostic)]
enum NewVendorError {
    #[error("{path} is there already")]
    #[diagnostic(help("take another name, or remove it first; `cargo xtask add` adds pages to a vendor that stands"))]
    Stands { path: String },
}

impl NewVendor {
    pub(crate) fn run(self) -> miette::Result<()> {
        let fixtures = self
            .root
            .as_ref()
            .map_or_else(fixture::root, |root| root.join("fixtures"));
        let root = fixtures.parent().map_or_else(|| PathBuf::from("."), PathBuf::from);
        let crate_name = scaffold::crate_name(&self.name);
        for place in [
            PathBuf::from("fixtures").join(&self.name),
            PathBuf::from("crates").join(&crate_name),
        ] {
            if root.join(&place).exists() {
                return Err(NewVendorError::Stands {
                    path: place.display().to_string(),
                }
                .into());
            }
        }
        let files = scaffold::files(&self);
        for (path, text) in &files {
            let path = root.join(path);
            let written = path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(&path, text));
            written
                .into_diagnostic()
                .wrap_err_with(|| format!("cannot write {}", path.display()))?;
            anstream::println!("+ {}", path.strip_prefix(&root).unwrap_or(&path).display());
        }
        Refresh::in_workspace(self.root.clone()).run()?;
        anstream::println!("\n{}", scaffold::what_is_left(&self));
        Ok(())
    }
}
