//! The command's tests, as one program.

mod command;
mod secrets;
