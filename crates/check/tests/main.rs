//! The core as its callers use it. One program, since each is linked with the whole core.

mod platforms;
mod session;
