//! How long one check of a broker's file takes: reading, judging and telling.
//!
//! Each run is timed by itself and the median printed: the mean of a busy machine measures the others on it.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a measurement for a developer")]

use std::hint::black_box;
use std::time::Instant;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Context, format};
use kafka_upgrade_session::{File, Request, check};

const TEXT: &str = include_str!("server.properties");
const ON_ZOOKEEPER: &str = include_str!("../corpus/broker-zookeeper.properties");
const RUNS: usize = 20_000;

fn main() {
    let file = [File::new("server.properties", TEXT)];
    let request = Request { from: Some(Release::new(3, 9, 0)), ..Request::new(Release::new(4, 0, 0), &file) };
    let json = format("json").expect("the report is written as JSON");
    let read =
        || black_box(kafka_upgrade_input::read("server.properties", black_box(TEXT), None)).settings.len();
    let judge = || black_box(check(black_box(&request))).findings.len();
    let report = || black_box(json.write(&check(black_box(&request)), &Context::default())).len();

    println!("native, {} lines, {} findings", TEXT.lines().count(), judge());
    println!("  read                     {:>9.1} µs", median(read));
    println!("  read and judge           {:>9.1} µs", median(judge));
    println!("  read, judge and report   {:>9.1} µs", median(report));

    let stays = Request { from: Some(request.to), ..request.clone() };
    println!(
        "  read and judge, no path  {:>9.1} µs",
        median(|| black_box(check(black_box(&stays))).plan.steps.len())
    );

    let file = [File::new("server.properties", ON_ZOOKEEPER)];
    let migrates = Request { from: Some(Release::new(3, 4, 1)), files: &file, ..request };
    let plan = check(&migrates).plan;
    println!(
        "on ZooKeeper, {} lines, {} steps, {} drafts",
        ON_ZOOKEEPER.lines().count(),
        plan.steps.len(),
        plan.drafts.len()
    );
    println!(
        "  read, judge and draft    {:>9.1} µs",
        median(|| black_box(check(black_box(&migrates))).plan.drafts.len())
    );
}

fn median(mut work: impl FnMut() -> usize) -> f64 {
    let mut times: Vec<u128> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    times.get(RUNS / 2).copied().unwrap_or_default() as f64 / 1000.0
}
