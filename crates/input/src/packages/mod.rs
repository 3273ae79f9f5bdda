//! Manifests and locks of packages: which client libraries a program uses, in which versions.
//!
//! One module a language. Of a lock with thousands of packages only those are kept that the catalog knows. A version
//! is the least that a manifest allows, without its signs, or the one that a lock names. What is *not* here: what a
//! package brings along (its lock says that).

mod beam;
mod conda;
mod configure;
mod dotnet;
mod go;
mod npm;
mod other;
mod php;
mod python;
mod ruby;
mod rust;
#[cfg(test)]
mod tests;

use kafka_upgrade_catalog::clients;
use kafka_upgrade_document::ClientVersion;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_sorted::Sorted as _;

pub(crate) use beam::FORMAT as BEAM;
pub(crate) use conda::FORMAT as CONDA;
pub(crate) use configure::FORMAT as CONFIGURE;
pub(crate) use dotnet::FORMAT as DOTNET;
pub(crate) use go::FORMAT as GO;
pub(crate) use npm::FORMAT as NPM;
pub(crate) use other::FORMAT as OTHER;
pub(crate) use php::FORMAT as PHP;
pub(crate) use python::FORMAT as PYTHON;
pub(crate) use ruby::FORMAT as RUBY;
pub(crate) use rust::FORMAT as RUST;

use crate::client_names::may_be_client;
use crate::{Dependency, Document, Ecosystem, Kind, Observation, Span, Transitive};
use kafka_upgrade_syntax::tree::Scalar;

/// Bytes in which a text has to show what it is.
const BEGINNING_BYTES: usize = 16_000;

/// What is put together from a manifest.
struct Found {
    ecosystem: Ecosystem,
    document: Document,
    /// Whether the package that came last was kept.
    kept: bool,
    /// The first package that is not known here, and whose name says that it is about Kafka.
    unknown: Option<(ClientVersion, Span)>,
}

impl Found {
    fn new(ecosystem: Ecosystem) -> Self {
        Self {
            ecosystem,
            document: Document { kind: Kind::BuildFile, ..Document::default() },
            kept: false,
            unknown: None,
        }
    }

    /// Of the package that came last, what brings it along.
    fn transitive(&mut self, by: Option<&str>) {
        let last = self.document.dependencies.last().filter(|_| self.kept);
        if let (Some(by), Some(span)) = (by, last.map(|last| last.span)) {
            self.document.shared.transitive.push(Transitive { span, by: by.to_owned() });
        }
    }

    /// A package with what is asked or taken of it; `span` is where that stands, or the name where nothing does.
    fn add(&mut self, name: &str, version: &str, span: Span) {
        self.kept = is_known(self.ecosystem, name);
        if !self.kept {
            if self.unknown.is_none() && may_be_client(name) {
                let client = ClientVersion { name: name.to_owned(), version: version.to_owned() };
                self.unknown = Some((client, span));
            }
            return;
        }
        let (least, start) = least(version);
        let written = (span.end - span.start) as usize == version.len() && !least.is_empty();
        let span = if written {
            Span::new(span.start + start as u32, span.start + (start + least.len()) as u32)
        } else {
            span
        };
        if is_open(version) {
            self.document.shared.at_least.push(span);
        }
        self.document.dependencies.push(Dependency {
            ecosystem: self.ecosystem,
            artifact: name.to_owned(),
            version: least.to_owned(),
            span,
        });
    }

    /// The same, of scalars of a tree.
    fn add_pair(&mut self, name: &Scalar, version: Option<&Scalar>) {
        match version {
            Some(version) => self.add(&name.text, &version.text, version.span),
            None => self.add(&name.text, "", name.span),
        }
    }

    fn done(mut self) -> Document {
        // Next to a known client, an unknown package is probably one of its helpers.
        if let Some((client, span)) = self.unknown.take().filter(|_| self.document.dependencies.is_empty()) {
            self.document.observe(Observation::Client(client), span);
        }
        self.document.dependencies.order_by_key(|dependency| dependency.span);
        self.document.shared.transitive.order_by_key(|one| one.span);
        self.document
    }
}

/// The first version of `^2.2.4`, `>=1.9,<2`, `~> 1.5`, `1.x || 2.x`, and where it begins; empty where there is
/// none (`*`, `latest`, `workspace:*`, an address).
fn least(text: &str) -> (&str, usize) {
    // An address of a repository names a version behind its `#`, if at all.
    let tag = text.split_once('#').map(|(_, tag)| tag.trim_start_matches("semver:"));
    if let Some(tag) = tag.filter(|tag| tag.contains('.') && !tag.contains('#')) {
        let (version, at) = least(tag);
        return (version, text.len() - tag.len() + at);
    }
    let start = text.find(|one: char| one.is_ascii_digit()).unwrap_or(text.len());
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    // A version after other characters is an upper bound, or part of a name or an address.
    if before.contains(|one: char| !"^~>=v ([\"'!".contains(one)) {
        return ("", 0);
    }
    let end = rest.find(|one: char| !(one.is_ascii_alphanumeric() || ".-+_".contains(one)));
    (rest.slice(..end.unwrap_or(rest.len())), start)
}

/// Whether a requirement has a lower bound alone: `>=1.4`, `>1,!=2`, `[1.4,)`.
fn is_open(version: &str) -> bool {
    let version = version.trim();
    let of_range = version.starts_with(['[', '(']) && version.ends_with([')', ']']);
    let is_endless =
        of_range && version.get(..version.len() - 1).is_some_and(|rest| rest.trim_end().ends_with(','));
    is_endless
        || version.trim_start_matches(['(', ' ']).starts_with('>') && !version.contains(['<', '~', '^', '|'])
}

/// The beginning of a text, without a mark of its encoding.
fn start_of(text: &str) -> &str {
    let end = text.floor_char_boundary(BEGINNING_BYTES);
    text.slice(..end).trim_start_matches('\u{feff}')
}

/// Lines with the byte at which each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let at = start;
        start += line.len();
        (at, line.trim_end_matches(['\n', '\r']))
    })
}

/// What stands between the next two quotes behind `from`, and where.
fn quoted(line: &str, from: usize) -> Option<(&str, usize)> {
    let rest = line.get(from..)?;
    let open = rest.find(['"', '\''])?;
    let quote = rest.get(open..)?.chars().next()?;
    let inner = rest.get(open + 1..)?;
    let end = inner.find(quote)?;
    Some((inner.get(..end)?, from + open + 1))
}

/// The place of a part of a line that begins at `line`.
fn place(line: usize, at: usize, length: usize) -> Span {
    Span::new((line + at) as u32, (line + at + length) as u32)
}

/// Whether a name is one that the catalog knows there.
fn is_known(ecosystem: Ecosystem, name: &str) -> bool {
    clients::product_of(ecosystem.name(), name).is_some()
}
