//! The core as its callers use it: findings, plans, drafts and their texts, over notes, the corpus and recorded
//! failures. One program, since each is linked with the whole core.

mod broker_era;
mod clean;
mod clusters;
mod common;
mod compose_drafts;
mod computed;
mod context;
mod corpus;
mod coverage;
#[path = "drafts/main.rs"]
mod drafts;
mod fixes;
mod inventory;
mod logging;
mod matrix;
mod notes;
mod own_names;
mod patches;
#[path = "plan/main.rs"]
mod plan;
mod platforms;
mod projects;
mod provoked;
mod reach;
mod runtime;
mod secrets;
mod session;
mod shown;
mod snapshots;
mod tools;
mod unused;
