//! One call of the tour.

/// One call: what was sent, what came back, and where it differs from the documentation.
#[derive(Debug, Default)]
pub(crate) struct Step {
    pub(crate) vendor: &'static str,
    /// How it was called.
    pub(crate) way: &'static str,
    /// What was called.
    pub(crate) call: String,
    pub(crate) sent: String,
    pub(crate) came_back: String,
    /// What was held against the documentation.
    pub(crate) compared: Vec<&'static str>,
    /// Where it differs.
    pub(crate) differences: Vec<String>,
}
