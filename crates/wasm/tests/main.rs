//! Tests of the package, as one program; each file runs either natively or in a browser.

#[cfg(not(target_arch = "wasm32"))]
mod page_core;
#[cfg(target_arch = "wasm32")]
mod same_report;
