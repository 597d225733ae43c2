//! A vendor that misbehaves on the wire: [`FaultServer`].
//!
//! A raw TCP server on loopback plays one [`Fault`] to everything that asks, and notes what arrived. A client's error can
//! then be held against what really happened: was the request there, whole or in part, and was it carried out.
//!
//! ```
//! use crm_testkit::faults::{Dialect, Fault, FaultServer};
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! let server = FaultServer::start(Fault::BadGateway, Dialect::new(r#"{"code":0,"data":{}}"#)).await?;
//! // … a client with `.base_url(server.url())` …
//! assert_eq!(server.arrived().len(), 0);
//! # Ok::<(), std::io::Error>(())
//! # })?;
//! # Ok::<(), std::io::Error>(())
//! ```

mod fault;
mod play;
mod server;
mod wire;

pub use fault::{Fault, Times};
pub use server::{Arrival, Dialect, FaultServer};
