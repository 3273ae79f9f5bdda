//! What crosses crate borders and needs no browser, as one program. Beside it `page` drives browsers, one at a time, and
//! `layout` is part of `cargo xtask check`.

mod agreement;
mod contract;
mod formats;
mod javac;
mod levels;
mod page_imports;
mod real_clients;
mod rehearsals;
mod sarif;
mod shapes;
