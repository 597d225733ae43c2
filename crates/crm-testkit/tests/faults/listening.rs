//! A listener to everything that is logged, at the finest level, by this code and by all that it calls.

use std::io;
use std::sync::{Mutex, Once, PoisonError};

use tracing_subscriber::fmt::format::FmtSpan;

static HEARD: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Listens from now on.
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // The `log` records of libraries are taken in too.
        tracing_log::LogTracer::init().unwrap();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::NEW | FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(|| Listener)
            .finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
    });
}

/// All that was heard.
pub(crate) fn heard() -> String {
    String::from_utf8_lossy(&HEARD.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}

struct Listener;

impl io::Write for Listener {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        HEARD
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
