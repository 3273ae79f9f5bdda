//! Findings, plans, drafts and their texts, over notes, the corpus and recorded failures. One program, since each is
//! linked with the whole core.

mod broker_era;
mod clean;
mod common;
mod computed;
mod corpus;
mod coverage;
#[path = "drafts/main.rs"]
mod drafts;
mod explained;
mod fixes;
mod logging;
mod matrix;
mod notes;
mod patches;
#[path = "plan/main.rs"]
mod plan;
mod projects;
mod provoked;
mod secrets;
mod snapshots;
mod tools;
