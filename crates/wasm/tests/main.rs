//! Tests of the package, as one program; each file runs either natively or in a browser.

#[cfg(not(target_arch = "wasm32"))]
mod page_core;
#[cfg(all(target_arch = "wasm32", feature = "cases"))]
mod same_report;
