//! Which files are of one cluster, where a request holds several.
//!
//! Two files that run brokers belong together for a reason: one lies in a folder of the other's project, one names the
//! other, both name the same controllers, ZooKeeper or resource. Other files go with the one cluster whose folder is
//! nearest; where two are as near, with none. What is *not* here: judgement.
//!
//! Invariant: each file is in one cluster at most, and neither the order of files nor their number of parts matters.

mod paths;

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_document::{Kind, Resource, paths::folder};
use kafka_upgrade_sorted::{Gather as _, Sorted as _};

use paths::{above, are_variants, common, home, is_below, is_override, values_of_chart};

use crate::checked_file::CheckedFile;
use crate::request::SAID;

/// Files that are taken for one cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// What to call it: a resource's name, a file, or a folder.
    pub name: String,
    /// Why its files are one cluster, in a few words.
    pub because: String,
    /// Places in the files of the request, parts among them, sorted.
    pub files: Vec<usize>,
}

/// Files of one folder that are compared with a further one, the nearest names.
const MAX_COMPARED: usize = 20;
/// Files of one folder that are looked at for one that has the name of a file in it.
const MAX_NAMING: usize = 400;

/// The clusters of a request, by name and files. With less than two there is nothing to keep apart.
#[must_use]
pub fn of(files: &[CheckedFile<'_>]) -> Vec<Cluster> {
    let units = units(files);
    let nodes: Vec<&Unit<'_, '_>> = units.iter().filter(|unit| unit.runs_brokers()).collect();
    if nodes.len() < 2 {
        return Vec::new();
    }
    let mut groups = Groups::new(nodes.len());
    let named = Named::of(&units, &nodes);
    join_by_folder(&nodes, &mut groups);
    join_by_name(&nodes, &named, &mut groups);
    join_by_heads(&nodes, &mut groups);
    join_by_resource(&nodes, &mut groups);
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..nodes.len() {
        members.entry(groups.root(node)).or_default().push(node);
    }
    if members.len() < 2 {
        return Vec::new();
    }
    let mut clusters: Vec<(Vec<usize>, &'static str)> =
        members.into_iter().map(|(root, members)| (members, groups.why(root))).collect();
    // By path: what is first decides between equals.
    let path = |members: &[usize]| members.first().and_then(|at| nodes.get(*at)).map(|unit| unit.path);
    clusters.order_by(|(one, _), (other, _)| path(one).cmp(&path(other)));
    let around = Around::of(&clusters, &nodes);
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); clusters.len()];
    for unit in units.iter().filter(|unit| unit.path != SAID) {
        if let Some(places) = around.nearest(unit, &nodes, &named).and_then(|at| places.get_mut(at)) {
            places.extend(unit.places());
        }
    }
    let named = clusters.iter().zip(places);
    named
        .map(|((members, why), mut files)| {
            let members: Vec<_> = members.iter().filter_map(|at| nodes.get(*at).copied()).collect();
            files.extend(members.iter().flat_map(|unit| unit.places()));
            files.order();
            Cluster { name: name(&members), because: (*why).to_owned(), files }
        })
        .collect()
}

/// A file with its parts.
struct Unit<'r, 'a> {
    path: &'a str,
    /// The folder of its project.
    home: &'a str,
    first: usize,
    reads: &'r [CheckedFile<'a>],
}

fn units<'r, 'a>(files: &'r [CheckedFile<'a>]) -> Vec<Unit<'r, 'a>> {
    let mut units = Vec::new();
    let mut first = 0;
    for reads in files.chunk_by(|_, next| next.is_part) {
        if let Some(read) = reads.first() {
            units.push(Unit { path: read.path, home: home(read.path), first, reads });
        }
        first += reads.len();
    }
    units
}

impl<'r> Unit<'r, '_> {
    fn places(&self) -> impl Iterator<Item = usize> + use<> {
        self.first..self.first + self.reads.len()
    }

    fn kind(&self) -> Kind {
        self.reads.first().map_or(Kind::Unknown, |read| read.document.kind)
    }

    fn is_containers(&self) -> bool {
        self.kind() == Kind::Containers
    }

    fn resources(&self) -> &'r [Resource] {
        self.reads.first().map_or(&[], |read| &read.document.resources)
    }

    /// Whether it configures or starts long-lived brokers: not those of a test or a build, and not output of a tool.
    fn runs_brokers(&self) -> bool {
        let is_test = [".github/", ".gitlab", ".circleci/", "src/test/", "/Dockerfile", "Jenkinsfile"];
        let path = self.path;
        let is_test = path.starts_with("Dockerfile") || is_test.iter().any(|part| path.contains(part));
        let is_settled = matches!(self.kind(), Kind::Containers | Kind::BrokerProperties);
        !is_test
            && is_settled
            && (self.reads.iter().any(CheckedFile::is_broker)
                || self.resources().iter().any(Resource::runs_brokers))
    }

    /// What its brokers name as their controllers or ZooKeeper, on whatever machine.
    fn heads(&self) -> Vec<&'r str> {
        const KEYS: [&str; 3] =
            ["controller.quorum.voters", "controller.quorum.bootstrap.servers", "zookeeper.connect"];
        let values =
            self.reads.iter().flat_map(|read| KEYS.iter().filter_map(|key| read.broker_setting(key)));
        let heads = values.filter(|setting| !setting.has_placeholder());
        let heads = heads.flat_map(|setting| setting.value.split(','));
        heads.map(|one| one.rsplit('@').next().unwrap_or(one).trim()).filter(|one| !one.is_empty()).collect()
    }

    /// The number of its broker, where it is written.
    fn number(&self) -> Option<&'r str> {
        let ids = |read: &'r CheckedFile<'_>| {
            read.broker_setting("node.id").or_else(|| read.broker_setting("broker.id"))
        };
        let id = self.reads.iter().find_map(ids)?;
        (!id.has_placeholder()).then(|| id.value.trim())
    }

    /// Whether both are alternative configurations of the same broker.
    fn is_variant_of(&self, other: &Self) -> bool {
        self.number().is_some() && self.number() == other.number() && are_variants(self.path, other.path)
    }

    /// Namespace and name of the cluster that an operator's resource is, or belongs to; whether it is the cluster.
    fn operated(&self) -> impl Iterator<Item = ((&'r str, &'r str), bool)> {
        self.resources().iter().filter(|one| !one.name.is_empty()).filter_map(|one| {
            let namespace = one.namespace.as_deref().unwrap_or_default();
            match one.kind.as_str() {
                "Kafka" => Some(((namespace, one.name.as_str()), true)),
                "KafkaNodePool" => Some(((namespace, one.value("cluster")?), false)),
                _ => None,
            }
        })
    }

    /// Whether its text names the other file as something below its own folder.
    fn names(&self, other: &Self) -> bool {
        let below = match folder(self.path) {
            "" => Some(other.path),
            folder => other.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix(['/', '\\'])),
        };
        let text = self.reads.first().map_or("", |read| read.text);
        below.is_some_and(|below| !below.is_empty() && text.contains(below))
    }
}

/// Which texts contain which file names, so that a folder of thousands of files is not searched for each pair.
struct Named<'a> {
    /// The numbers of the nodes of a folder whose texts have a file's name, by both.
    nodes: BTreeMap<(&'a str, &'a str), Vec<usize>>,
}

impl<'a> Named<'a> {
    /// Looks for the names of all units in the texts of the nodes.
    fn of(units: &[Unit<'_, 'a>], nodes: &[&Unit<'_, 'a>]) -> Self {
        let names: BTreeSet<&str> = units.iter().map(|unit| last_word(unit.path)).gather();
        let has_plain = names.iter().any(|name| !name.contains('.'));
        let mut named: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            let text = node.reads.first().map_or("", |read| read.text);
            for word in words(text).filter(|word| (has_plain || word.contains('.')) && names.contains(word)) {
                let of_name = named.entry((word, folder(node.path))).or_default();
                if of_name.last() != Some(&at) && of_name.len() < MAX_NAMING {
                    of_name.push(at);
                }
            }
        }
        Self { nodes: named }
    }

    /// The numbers of the nodes that name a file as something below their own folders.
    fn by<'n>(
        &'n self,
        unit: &'n Unit<'_, 'a>,
        nodes: &'n [&Unit<'_, 'a>],
    ) -> impl Iterator<Item = usize> + use<'n, 'a> {
        let name = last_word(unit.path);
        let of_name = above(folder(unit.path)).filter_map(move |folder| self.nodes.get(&(name, folder)));
        let of_name = of_name.flatten().copied();
        of_name.filter(|at| nodes.get(*at).is_some_and(|node| node.names(unit)))
    }
}

/// What stands between signs that are in few names of files, without the full stop of a sentence.
fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let is_name =
        |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '-') || !sign.is_ascii();
    let words = text.split(move |sign| !is_name(sign)).map(|word| word.trim_end_matches('.'));
    words.filter(|word| !word.is_empty())
}

fn last_word(path: &str) -> &str {
    words(path).next_back().unwrap_or(path)
}

/// Which of the nodes are of one cluster, and why.
struct Groups {
    above: Vec<usize>,
    why: Vec<&'static str>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { above: (0..count).collect(), why: vec!["they stand in one file"; count] }
    }

    fn root(&mut self, mut node: usize) -> usize {
        while let Some(above) = self.above.get(node).copied().filter(|above| *above != node) {
            // Path compression: the next search is shorter.
            let further = self.above.get(above).copied().unwrap_or(above);
            if let Some(slot) = self.above.get_mut(node) {
                *slot = further;
            }
            node = above;
        }
        node
    }

    fn join(&mut self, one: usize, other: usize, why: &'static str) {
        let (one, other) = (self.root(one), self.root(other));
        let (first, second) = (one.min(other), one.max(other));
        if let (true, Some(slot)) = (first != second, self.above.get_mut(second)) {
            *slot = first;
            self.why.iter_mut().skip(first).take(1).for_each(|slot| *slot = why);
        }
    }

    fn why(&self, root: usize) -> &'static str {
        self.why.get(root).copied().unwrap_or_default()
    }
}

/// Nodes of one folder, unless they contradict each other.
fn join_by_folder(nodes: &[&Unit<'_, '_>], groups: &mut Groups) {
    let mut of_home: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        of_home.entry(node.home).or_default().push(at);
    }
    for members in of_home.values() {
        for (behind, one) in members.iter().enumerate() {
            for other in members.iter().skip(behind + 1).take(MAX_COMPARED) {
                if let (Some(a), Some(b)) = (nodes.get(*one), nodes.get(*other))
                    && share_a_project(a, b)
                {
                    groups.join(*one, *other, "they stand in one folder");
                }
            }
        }
    }
}

/// Files that a manifest names.
fn join_by_name<'a>(nodes: &[&Unit<'_, 'a>], named: &Named<'a>, groups: &mut Groups) {
    for (other, node) in nodes.iter().enumerate().filter(|(_, node)| !node.is_containers()) {
        let naming = named.by(node, nodes);
        for one in naming.filter(|at| nodes.get(*at).is_some_and(|node| node.is_containers())) {
            groups.join(one, other, "one of them names the other");
        }
    }
}

/// Whether two nodes of one folder are of one cluster.
fn share_a_project(one: &Unit<'_, '_>, other: &Unit<'_, '_>) -> bool {
    match (one.is_containers(), other.is_containers()) {
        (true, true) => {
            let is_compose = |unit: &Unit<'_, '_>| unit.resources().iter().any(|one| one.kind == "service");
            if is_compose(one) || is_compose(other) {
                return is_override(one.path, other.path) || is_override(other.path, one.path);
            }
            // Two files that define the same thing are two variants of it.
            let defines = |unit: &Unit<'_, '_>| -> Vec<(String, String)> {
                unit.resources().iter().map(|one| (one.kind.clone(), one.name.clone())).collect()
            };
            let (mine, theirs) = (defines(one), defines(other));
            let operated = one.operated().chain(other.operated()).next().is_some();
            !operated
                && !values_of_chart(one.path, other.path)
                && !mine.iter().any(|own| theirs.contains(own))
        }
        (false, false) => {
            let (mine, theirs) = (one.heads(), other.heads());
            let agree = mine.is_empty() || theirs.is_empty() || mine.iter().any(|head| theirs.contains(head));
            agree && !one.is_variant_of(other)
        }
        _ => false,
    }
}

/// Nodes that name the same controllers or the same ZooKeeper, and one that is no machine's name for itself.
fn join_by_heads(nodes: &[&Unit<'_, '_>], groups: &mut Groups) {
    let mut by_head: BTreeMap<&str, usize> = BTreeMap::new();
    // A network of Compose is the file's own: its names mean something else in the next one.
    for (at, node) in nodes.iter().enumerate().filter(|(_, node)| !node.is_containers()) {
        for head in node.heads().into_iter().filter(|head| is_elsewhere(head)) {
            let first = *by_head.entry(head).or_insert(at);
            if nodes.get(first).is_some_and(|other| node.is_variant_of(other)) {
                continue;
            }
            groups.join(first, at, "they name the same controllers or ZooKeeper");
        }
    }
}

/// Whether an address means the same machine wherever it is written.
pub(crate) fn is_elsewhere(address: &str) -> bool {
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    // A service of that name is in the network of each project that has one.
    let is_of_project = matches!(
        host.trim_end_matches(|one: char| one.is_ascii_digit()).trim_end_matches(['-', '_']),
        "zookeeper" | "kafka" | "broker" | "controller"
    );
    !host.is_empty() && !is_of_project && !matches!(host, "localhost" | "127.0.0.1" | "[::1]" | "0.0.0.0")
}

/// Pools of nodes with the cluster that they name, the nearest of several that are called so.
fn join_by_resource(nodes: &[&Unit<'_, '_>], groups: &mut Groups) {
    let mut named: BTreeMap<(&str, &str), Vec<(usize, &str)>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        for (name, _) in node.operated().filter(|(_, is_cluster)| *is_cluster) {
            named.entry(name).or_default().push((at, node.home));
        }
    }
    for (at, node) in nodes.iter().enumerate() {
        for (name, _) in node.operated().filter(|(_, is_cluster)| !is_cluster) {
            let of_name = named.get(&name).into_iter().flatten();
            let best =
                of_name.max_by_key(|(other, home)| (common(home, node.home), std::cmp::Reverse(*other)));
            if let Some((other, _)) = best {
                groups.join(*other, at, "a resource of the one names the other");
            }
        }
    }
}

/// Where clusters are, by the folders of their projects.
struct Around<'a> {
    /// The cluster of each node.
    of_node: Vec<usize>,
    /// The clusters of each folder, each once.
    of_home: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Around<'a> {
    fn of(clusters: &[(Vec<usize>, &'static str)], nodes: &[&Unit<'_, 'a>]) -> Self {
        let mut of_node = vec![0; nodes.len()];
        let mut of_home: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (cluster, (members, _)) in clusters.iter().enumerate() {
            for (at, node) in members.iter().filter_map(|at| nodes.get(*at).map(|node| (*at, node))) {
                of_node.iter_mut().skip(at).take(1).for_each(|slot| *slot = cluster);
                let of_home = of_home.entry(node.home).or_default();
                if of_home.last() != Some(&cluster) {
                    of_home.push(cluster);
                }
            }
        }
        Self { of_node, of_home }
    }

    /// The cluster that a file without brokers is of: the one that names it, else the nearest above it, else the only
    /// one below its folder.
    fn nearest(&self, unit: &Unit<'_, 'a>, nodes: &[&Unit<'_, 'a>], named: &Named<'a>) -> Option<usize> {
        if unit.runs_brokers() {
            return None;
        }
        let naming = named.by(unit, nodes).filter_map(|at| self.of_node.get(at).copied());
        let naming: Vec<usize> = naming.collect();
        if !naming.is_empty() {
            return only(naming);
        }
        let folders = above(unit.home).filter(|home| !home.is_empty()).chain([".", ""]);
        if let Some(nearest) = folders.filter_map(|home| self.of_home.get(home)).next() {
            return only(nearest.iter().copied());
        }
        let behind = self.of_home.range(unit.home..).take_while(|(home, _)| home.starts_with(unit.home));
        let below = behind.filter(|(home, _)| is_below(home, unit.home));
        only(below.flat_map(|(_, clusters)| clusters).copied())
    }
}

/// The only item; `None` if there are several.
fn only(found: impl IntoIterator<Item = usize>) -> Option<usize> {
    let mut found = found.into_iter();
    let first = found.next()?;
    found.all(|next| next == first).then_some(first)
}

/// What to call a cluster.
fn name(members: &[&Unit<'_, '_>]) -> String {
    let mut operated = members.iter().flat_map(|unit| unit.operated());
    if let Some(((_, name), _)) = operated.find(|(_, is_cluster)| *is_cluster)
        && members.iter().all(|unit| unit.operated().next().is_some())
    {
        let first = members.first().map_or("", |unit| unit.path);
        return format!("{name} ({first})");
    }
    match members {
        [one] => one.path.to_owned(),
        [first, ..] if members.iter().all(|unit| unit.home == first.home) && !first.home.is_empty() => {
            first.home.to_owned()
        }
        [first, ..] => first.path.to_owned(),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_of_a_role_are_of_the_role() {
        assert_eq!(home("roles/kafka/templates/server.properties.j2"), "roles/kafka");
        assert_eq!(home("templates/x"), "");
        assert_eq!(home("deploy/x"), "deploy");
    }
}
