//! Protocol versions that clients of other languages are set to, in each format of configuration: `clients.txt`, made up
//! for this test. A file begins with a line `=== what it is | path | observation @ what its place begins with`, `-` for none.

use kafka_upgrade_input::read;

#[test]
fn each_client_has_the_protocol_version_of_its_text() {
    let samples = include_str!("clients.txt").split("=== ").filter(|sample| !sample.is_empty());
    let mut wrong = Vec::new();
    let mut count = 0;
    for sample in samples {
        let (heading, text) = sample.split_once('\n').expect("a heading and a text");
        let parts: Vec<&str> = heading.split('|').map(str::trim).collect();
        let [what, path, expected] = parts[..] else { panic!("{heading}") };
        let document = read(path, text, None);
        let found = document.observations.iter().filter(|one| one.what.subject() == "protocol-version");
        let found: Vec<String> = found
            .map(|one| format!("{} @ {}", one.what.value(), one.span.of(text).trim_matches(['"', '\''])))
            .collect();
        let found = if found.is_empty() { "-".to_owned() } else { found.join("; ") };
        if found != expected {
            wrong.push(format!("{what}: {found}, not {expected}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 25);
}
