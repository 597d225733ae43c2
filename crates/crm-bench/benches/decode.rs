//! Decoding the five success answers of the mission's pages: our models against the same structs with plain derive.
//!
//! All variants of an example run in turns, so that noise falls on all of them alike; the ratios are of the medians.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::{hint::black_box, time::Instant};

use crm_bench::{flattened, plain};
use crm_core::{
    envelope::{self, EnvelopeSpec},
    model::Slot,
};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

const ROUNDS: usize = 400;

type Variant = (&'static str, Box<dyn Fn()>);

fn ours<T: Slot>(bytes: &'static [u8], spec: &'static EnvelopeSpec) -> Variant {
    (
        "ours",
        Box::new(move || {
            let text = std::str::from_utf8(black_box(bytes)).unwrap();
            black_box(envelope::read::<T>(text, spec).unwrap());
        }),
    )
}

fn derived<T: serde::de::DeserializeOwned + 'static>(name: &'static str, bytes: &'static [u8]) -> Variant {
    (
        name,
        Box::new(move || {
            black_box(serde_json::from_slice::<T>(black_box(bytes)).unwrap());
        }),
    )
}

fn example<Ours: Slot, Plain: serde::de::DeserializeOwned + 'static, Flat: serde::de::DeserializeOwned + 'static>(
    name: &str,
    bytes: &'static [u8],
    spec: &'static EnvelopeSpec,
) -> f64 {
    let variants: Vec<Variant> = vec![
        derived::<Plain>("plain derive", bytes),
        ours::<Ours>(bytes, spec),
        derived::<Flat>("derive + flatten", bytes),
        derived::<serde_json::Value>("serde_json::Value", bytes),
    ];
    let mut times = vec![Vec::new(); variants.len()];
    for _ in 0..ROUNDS {
        for (variant, times) in variants.iter().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..32 {
                variant.1();
            }
            times.push(start.elapsed().as_secs_f64() / 32.0);
        }
    }
    let medians: Vec<f64> = times
        .iter_mut()
        .map(|times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        })
        .collect();
    println!("{name} ({} bytes)", bytes.len());
    for (variant, median) in variants.iter().zip(&medians) {
        let region = Region::new(ALLOCATOR);
        variant.1();
        let allocations = region.change().allocations;
        println!(
            "  {:<18} {:>8.2} us {:>6.2} x {:>5} allocations",
            variant.0,
            median * 1e6,
            median / medians[0],
            allocations
        );
    }
    medians[1] / medians[0]
}

macro_rules! fixture {
    ($path:literal) => {
        include_bytes!(concat!("../../../fixtures/", $path))
    };
}

fn main() {
    let mut ratios = [
        example::<
            crm_ikcrm::models::Contact,
            plain::Envelope<plain::ikcrm::Contact>,
            flattened::Envelope<flattened::ikcrm::Contact>,
        >(
            "ikcrm contact_update",
            fixture!("ikcrm/contact_update/response.json"),
            &crm_ikcrm::ENVELOPE,
        ),
        example::<
            crm_ikcrm::models::Customer,
            plain::Envelope<plain::ikcrm::Customer>,
            flattened::Envelope<flattened::ikcrm::Customer>,
        >(
            "ikcrm common_customer_create",
            fixture!("ikcrm/common_customer_create/response.json"),
            &crm_ikcrm::ENVELOPE,
        ),
        example::<
            crm_ikcrm::models::Opportunity,
            plain::Envelope<plain::ikcrm::Opportunity>,
            flattened::Envelope<flattened::ikcrm::Opportunity>,
        >(
            "ikcrm opportunity_update",
            fixture!("ikcrm/opportunity_update/response.json"),
            &crm_ikcrm::ENVELOPE,
        ),
        example::<
            crm_dustess::models::BatchEditCustomerAnswer,
            plain::Envelope<plain::dustess::BatchEditCustomerAnswer>,
            flattened::Envelope<flattened::dustess::BatchEditCustomerAnswer>,
        >(
            "dustess batch_edit_customer",
            fixture!("dustess/batch_edit_customer/response.json"),
            &crm_dustess::ENVELOPE,
        ),
        example::<
            crm_moduledata::models::UpdateCustomerAnswer,
            plain::Envelope<plain::moduledata::UpdateCustomerAnswer>,
            flattened::Envelope<flattened::moduledata::UpdateCustomerAnswer>,
        >(
            "moduledata customer_update",
            fixture!("moduledata/customer_update/response.json"),
            &crm_moduledata::ENVELOPE,
        ),
    ];
    ratios.sort_by(f64::total_cmp);
    let mean = ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64;
    println!(
        "ours / plain derive: {:.2} to {:.2}, geometric mean {:.2}",
        ratios[0],
        ratios[ratios.len() - 1],
        mean.exp()
    );
}
