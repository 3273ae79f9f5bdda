//! Which findings to look at next: spread over rules, and of each rule over repositories.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use sha2::{Digest, Sha256};

use super::named;
use super::record::{Accepted, Finding};

/// Prints the findings, each with its line, which is kept nowhere.
pub(super) fn print(accepted: &Accepted, folders: &[PathBuf], count: usize) -> Result<()> {
    let mut roots = BTreeMap::new();
    for folder in folders {
        roots.insert(named(folder)?.0, folder);
    }
    for (repository, finding) in choose(accepted, count) {
        println!("{repository} {finding}");
        let root = roots.get(repository);
        let text = root.and_then(|root| fs::read(root.join(&finding.path)).ok()).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let at = finding.line.unwrap_or(1).saturating_sub(1) as usize;
        if let Some(line) = text.lines().nth(at) {
            println!("    {}", line.trim());
        }
    }
    Ok(())
}

/// A finding behind its hash.
type Hashed<'f> = (Vec<u8>, &'f Finding);

/// Picks one finding of each rule, then a second one, and so on; within a rule one of each repository first. The
/// choice depends on the findings alone.
fn choose(accepted: &Accepted, count: usize) -> Vec<(&str, &Finding)> {
    let mut rules: BTreeMap<&str, BTreeMap<&str, Vec<Hashed<'_>>>> = BTreeMap::new();
    for (repository, finding, verdict) in accepted.all() {
        if verdict.is_none() {
            let key = Sha256::digest(format!("{repository} {finding}")).to_vec();
            let of_rule = rules.entry(&finding.rule).or_default();
            of_rule.entry(repository).or_default().push((key, finding));
        }
    }
    // The place in its rule of each, then its hash.
    let mut queue = Vec::new();
    for repositories in rules.into_values() {
        let mut of_rule = Vec::new();
        for (repository, mut findings) in repositories {
            findings.sort();
            let rounds = findings.into_iter().enumerate();
            of_rule.extend(rounds.map(|(round, (key, finding))| (round, key, repository, finding)));
        }
        of_rule.sort();
        queue.extend(
            of_rule
                .into_iter()
                .enumerate()
                .map(|(at, (_, key, repository, finding))| (at, key, repository, finding)),
        );
    }
    queue.sort();
    queue.into_iter().take(count).map(|(_, _, repository, finding)| (repository, finding)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_come_before_repositories_and_these_before_places() {
        let table = "repository,commit,severity,rule,path,line,verdict\n\
                     a/b,1f,error,one,x,1,\na/b,1f,error,one,x,2,\na/b,1f,error,one,x,3,true\n\
                     c/d,1f,error,one,x,1,\nc/d,1f,error,two,x,1,\n";
        let accepted = Accepted::parse(table).expect("a table");
        let all = choose(&accepted, 9);
        assert_eq!(all.len(), 4, "what is judged is not looked at again");
        let rules: Vec<&str> = all.iter().take(2).map(|(_, finding)| finding.rule.as_str()).collect();
        assert!(rules.contains(&"one") && rules.contains(&"two"), "{rules:?}");
        let of_one: Vec<&str> = all
            .iter()
            .filter(|(_, finding)| finding.rule == "one")
            .map(|(repository, _)| *repository)
            .collect();
        assert_ne!(of_one.first(), of_one.get(1), "{of_one:?}");
    }
}
