//! What is read of texts of every kind. One program, since each is linked with the whole core.

mod any_text;
mod clients;
mod kinds;
mod live;
mod projects;
mod settings;
