//! The reader's own file with the image of a release.

use kafka_upgrade_report::{DraftFile, Mode};

use super::image::{with_image, with_image_anywhere, without_bitnami};
use super::names::{Names, Node};
use super::runner::Runner;
use crate::plan::steps::Writer;
use crate::plan::upgrade_path::Hop;

/// Longest text that is drafted from, in bytes; no file of containers is longer.
const MAX_BYTES: usize = 256 * 1024;

/// Drafts the reader's own file with the image of a release, if that one file names the images of all its nodes. Not
/// during a migration from ZooKeeper: there more than the image changes, and the draft would not start.
pub(super) fn draft(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop, step: &str) {
    let case = writer.case;
    if case.mode != Some(Mode::Kraft) || hop.to < writer.from {
        return;
    }
    let mut files = case.files.iter().filter(|read| !read.is_part && read.path.ends_with(&names.file));
    let (Some(read), None) = (files.next(), files.next()) else { return };
    let written = |node: &Node| !node.written.is_empty() && read.text.contains(&node.written);
    if read.text.len() > MAX_BYTES || names.nodes.is_empty() || !names.nodes.iter().all(written) {
        return;
    }
    let mut text = read.text.to_owned();
    for node in &names.nodes {
        let new = node.image.at(hop.to, hop.mode);
        let change = if names.runner == Runner::Compose { with_image } else { with_image_anywhere };
        text = change(&text, &node.written, &new);
        if node.image.is_bitnamis() && new.starts_with("apache/kafka:") {
            text = without_bitnami(&text);
        }
    }
    if text != read.text {
        let source = Some(read.path.to_owned());
        let path = format!("{}/{}", hop.to, names.file);
        writer.plan.drafts.push(DraftFile { step: step.to_owned(), path, source, text });
    }
}
