//! The facts that the catalog holds. One program, since each is linked with the whole core.

mod facts;
mod histories;
