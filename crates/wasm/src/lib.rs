//! The JavaScript boundary, and the only crate that knows `JsValue`.
//!
//! Two modules are built of it: the JavaScript package (feature `package`), which returns values, and the page's core
//! (feature `page`), which speaks bytes with the page's shell. What is *not* here: judgement.

#[cfg(feature = "page")]
mod answers;
#[cfg(feature = "page")]
mod core;
#[cfg(feature = "package")]
mod explain;
#[cfg(feature = "package")]
mod package;
#[cfg(feature = "page")]
mod page;

#[cfg(feature = "page")]
pub use core::PageCore;
#[cfg(feature = "package")]
pub use package::{Session, check, explain, fix, render, rules, session, versions};
#[cfg(feature = "page")]
pub use page::Core;
