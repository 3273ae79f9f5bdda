//! What clients of other languages are told to speak, in whatever they are configured with: `clients.txt`, made up for
//! this test. A file begins with a line `=== what it is | path | observation @ what its place begins with`, `-` for none.

use kafka_upgrade_input::read;

#[test]
fn each_client_is_told_what_its_text_says_at_its_place() {
    let samples = include_str!("clients.txt").split("=== ").filter(|sample| !sample.is_empty());
    let mut wrong = Vec::new();
    let mut count = 0;
    for sample in samples {
        let (heading, text) = sample.split_once('\n').expect("a heading and a text");
        let parts: Vec<&str> = heading.split('|').map(str::trim).collect();
        let [what, path, expected] = parts[..] else { panic!("{heading}") };
        let document = read(path, text, None);
        let told = document.observations.iter().filter(|one| one.subject == "told-version");
        let told: Vec<String> = told
            .map(|one| format!("{} @ {}", one.value, one.span.of(text).trim_matches(['"', '\''])))
            .collect();
        let told = if told.is_empty() { "-".to_owned() } else { told.join("; ") };
        if told != expected {
            wrong.push(format!("{what}: {told}, not {expected}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 25);
}
