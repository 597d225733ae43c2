//! The three vendors on loopback, called in every way, and each call held against the pages' own examples.

mod dustess;
mod ikcrm;
mod moduledata;
mod scene;
pub(crate) mod step;

use clap::ValueEnum;
use crm_core::Error;
use crm_testkit::mock::MockVendor;
use step::Step;

/// A vendor of the tour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Vendor {
    Ikcrm,
    Dustess,
    Moduledata,
}

/// Runs the calls of one vendor, or of all. `prepare` sees each vendor before the first call.
pub(crate) async fn run(only: Option<Vendor>, prepare: &dyn Fn(&MockVendor)) -> Result<Vec<Step>, Error> {
    let mut steps = Vec::new();
    for vendor in Vendor::value_variants()
        .iter()
        .copied()
        .filter(|vendor| only.is_none_or(|only| only == *vendor))
    {
        let mock = match vendor {
            Vendor::Ikcrm => MockVendor::ikcrm().await,
            Vendor::Dustess => MockVendor::dustess().await,
            Vendor::Moduledata => MockVendor::moduledata().await,
        };
        prepare(&mock);
        steps.extend(match vendor {
            Vendor::Ikcrm => ikcrm::calls(mock).await?,
            Vendor::Dustess => dustess::calls(mock).await?,
            Vendor::Moduledata => moduledata::calls(mock).await?,
        });
    }
    Ok(steps)
}
