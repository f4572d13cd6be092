//! Pages of a list.

/// Which page a caller wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// From 1.
    pub page: u32,
    /// Rows on a page, 1 to 200.
    pub per_page: u32,
}

impl PageRequest {
    /// The largest page.
    pub const MAX: u32 = 200;
    /// Rows to skip.
    pub fn offset(self) -> i64 {
        i64::from(self.page.saturating_sub(1)) * i64::from(self.per_page)
    }
    /// Rows to take.
    pub fn limit(self) -> i64 {
        i64::from(self.per_page)
    }
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { page: 1, per_page: 50 }
    }
}

/// One page of a list and how many rows there are in all.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows of this page.
    pub items: Vec<T>,
    /// All rows that match.
    pub total: i64,
    /// What was asked for.
    pub request: PageRequest,
}
