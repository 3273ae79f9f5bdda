//! Reports as people and programs read them. One program, since each is linked with the whole core.

mod by_place;
mod html;
mod markdown;
mod text;
