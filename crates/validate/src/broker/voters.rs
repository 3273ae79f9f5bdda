//! The controllers of a quorum as the settings name them.

use super::super::view::View;
use super::super::{address, list};

pub(super) const VOTERS: &str = "controller.quorum.voters";
pub(super) const BOOTSTRAP: &str = "controller.quorum.bootstrap.servers";

/// Ids of the voters.
pub(super) fn voter_ids(view: &View<'_>) -> Vec<i64> {
    let strict = view.since(4, 0);
    view.list(VOTERS).filter_map(|item| address::voter(item, strict)).map(|(id, ..)| id).collect()
}

/// The node's own number, under either name.
pub(super) fn number(view: &View<'_>) -> Option<i64> {
    view.whole(if view.has("node.id") || !view.has("broker.id") { "node.id" } else { "broker.id" })
}

pub(super) fn has_quorum(view: &View<'_>) -> bool {
    view.list(VOTERS).next().is_some() || view.list(BOOTSTRAP).next().is_some()
}

/// Whether a voter's address is 0.0.0.0, which nobody can reach.
pub(super) fn unroutable_voter<'a>(view: &View<'a>) -> Option<&'a str> {
    let strict = view.since(4, 0);
    list::items(view.text(VOTERS).unwrap_or_default())
        .find(|item| address::voter(item, strict).is_some_and(|(_, host, _)| host == "0.0.0.0"))
}

/// Host under which the voters know this node.
pub(super) fn own_host<'a>(view: &View<'a>) -> Option<&'a str> {
    let (strict, node) = (view.since(4, 0), number(view)?);
    view.list(VOTERS)
        .filter_map(|item| address::voter(item, strict))
        .filter(|(id, ..)| *id == node)
        .last()
        .map(|(_, host, _)| host)
}
