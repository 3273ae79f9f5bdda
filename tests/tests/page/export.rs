//! The report outside the page: exported, printed.

use crate::{BROKER, Open};

/// What reads each of the formats looks at: a build server counts cases by their suites, GitLab wants five fields, a
/// spreadsheet equally many cells in every row, and a workflow one command a line.
const USED: &[(&str, &str)] = &[
    (
        "junit",
        "text => { const xml = new DOMParser().parseFromString(text, 'application/xml'), all = (of, name) => [...of.getElementsByTagName(name)];
            const sum = (name) => all(xml, 'testsuite').reduce((sum, suite) => sum + Number(suite.getAttribute(name)), 0), top = xml.documentElement;
            return !xml.querySelector('parsererror') && all(xml, 'failure').length > 0 && Number(top.getAttribute('tests')) === all(xml, 'testcase').length
                && Number(top.getAttribute('failures')) === all(xml, 'failure').length && sum('tests') === all(xml, 'testcase').length && sum('failures') === all(xml, 'failure').length
                && all(xml, 'testcase').every(one => one.getAttribute('name') && one.getAttribute('classname')) && all(xml, 'failure').every(one => one.getAttribute('message')); }",
    ),
    (
        "gitlab",
        "text => { const issues = JSON.parse(text), prints = new Set(issues.map(one => one.fingerprint));
            return issues.length > 0 && prints.size === issues.length && issues.every(({description, check_name, severity, location}) => description && check_name
                && ['info', 'minor', 'major', 'critical', 'blocker'].includes(severity) && location.path && Number.isInteger(location.lines.begin)); }",
    ),
    (
        "csv",
        "text => { const rows = []; let row = [], cell = '', quoted = false;
            for (let at = 0; at < text.length; at++) { const sign = text[at];
                if (quoted) { if (sign === '\"' && text[at + 1] === '\"') { cell += sign; at++; } else if (sign === '\"') quoted = false; else cell += sign; }
                else if (sign === '\"') quoted = true; else if (sign === ',') { row.push(cell); cell = ''; }
                else if (sign === '\\r' && text[at + 1] === '\\n') { row.push(cell); rows.push(row); row = []; cell = ''; at++; } else cell += sign; }
            return !quoted && !cell && rows.length > 1 && rows.every(row => row.length === rows[0].length) && rows.slice(1).every(row => ['error', 'warning', 'info'].includes(row[0])); }",
    ),
    (
        "github",
        "text => { const lines = text.trimEnd().split('\\n'), last = lines.pop();
            return lines.length > 0 && !last.startsWith('::') && lines.every(line => /^::(error|warning|notice) (file=[^,:]+,)?(line=\\d+,[^:]*)?title=[a-z0-9-]+::./.test(line)); }",
    ),
    (
        "sarif",
        "text => { const [run] = JSON.parse(text).runs; return run.results.length > 0 && run.results.every(one => run.tool.driver.rules[one.ruleIndex].id === one.ruleId
            && /^[^/:]+$/.test(one.locations[0].physicalLocation.artifactLocation.uri) && Object.values(one.partialFingerprints)[0]); }",
    ),
    ("json", "text => { const report = JSON.parse(text); return report.schema === 1 && report.findings.length > 0; }"),
];

#[test]
fn the_export_has_the_plan_as_a_checklist_with_its_ticks_and_no_secret() {
    let open = Open::with(&BROKER.replace("=secret", "=hunter2"));
    open.click("#change").unwrap();
    open.paste("#have", "kafka 3.7.0, librdkafka 1.9.2").unwrap();
    open.press("Enter").unwrap();
    open.wait_for("document.querySelectorAll('.chip').length >= 2").unwrap();
    open.click("#tab-plan").unwrap();
    // A smooth scroll would still be running when the click comes.
    open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    open.click(".step input").unwrap();
    open.ask("scrollTo({top: 0, behavior: 'instant'})").unwrap();
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('#copy-markdown')").unwrap();
    assert!(open.text("#covered").unwrap().starts_with("1 secret is covered with stars"));
    let keep = "(URL.createObjectURL = (blob) => { blob.text().then((text) => { window.__text = text; }); return 'blob:kept'; },
        HTMLAnchorElement.prototype.click = function () { window.__offered = [this.download, this.href]; })";
    open.ask(keep).unwrap();
    for (format, name, part) in [
        ("text", "kafka-upgrade.txt", "Blocked: from 3.7.0"),
        ("json", "kafka-upgrade.json", "\"schema\": 1"),
        ("markdown", "kafka-upgrade.md", "- [x]"),
        ("html", "kafka-upgrade.html", "<input type=\"checkbox\" checked>"),
        ("sarif", "kafka-upgrade.sarif", "\"2.1.0\""),
        ("junit", "kafka-upgrade.junit.xml", "<testsuites"),
        ("github", "kafka-upgrade.github.txt", "::error"),
        ("gitlab", "kafka-upgrade.gitlab.json", "fingerprint"),
        ("csv", "kafka-upgrade.csv", "severity,"),
    ] {
        open.ask("(window.__text = window.__offered = null)").unwrap();
        open.click(&format!("#download-{format}")).unwrap();
        open.wait_for("window.__text && window.__offered").unwrap();
        assert_eq!(open.ask("window.__offered").unwrap(), serde_json::json!([name, "blob:kept"]));
        let text = open.ask("window.__text").unwrap();
        let text = text.as_str().unwrap_or_default();
        assert!(text.contains(part) && !text.contains("hunter2"), "{format}: {text}");
        let row = format!(
            "document.querySelector('#download-{format}').closest('li').querySelector('small').innerText"
        );
        assert!(open.ask(&row).unwrap().to_string().contains(" KB"), "{format} shows no size");
        if let Some((_, used)) = USED.iter().find(|(name, _)| *name == format) {
            assert_eq!(open.ask(&format!("({used})(window.__text)")).unwrap(), true, "{format}: {text}");
        }
    }
    assert_eq!(
        open.ask("document.querySelectorAll('[id^=download-]').length").unwrap(),
        9,
        "every format has a row"
    );

    open.click("#copy-markdown").unwrap();
    open.wait_for("document.querySelector('#copy-markdown').innerText === 'Copied'").unwrap();
    open.ask("document.querySelector('dialog').close()").unwrap();
    open.wait_for("!document.querySelector('#copy-markdown')").unwrap();
    open.click("#tab-overview").unwrap();
    open.wait_for("document.querySelector('#text')").unwrap();
    open.ask("(document.querySelector('#text').focus(), document.querySelector('#text').select())").unwrap();
    open.paste_again("#text").unwrap();
    let exported = open.ask("document.querySelector('#text').value").unwrap();
    let exported = exported.as_str().unwrap_or_default();
    assert_eq!(exported.matches("- [x]").count(), 1);
    assert!(
        exported.contains("- [ ]")
            && exported.contains("| librdkafka 1.9.2 |")
            && exported.contains("removed-delegation-token-master-key")
    );
    open.close();
}

#[test]
fn the_fixed_files_are_taken_along_for_today_and_for_each_later_stop() {
    let open = Open::new();
    open.click("#example-1").unwrap();
    open.wait_for("document.querySelector('.verdict .counts')").unwrap();
    open.click("#export").unwrap();
    open.wait_for("document.querySelector('#fixed-0')").unwrap();
    open.ask(
        "(URL.createObjectURL = (blob) => { blob.text().then((text) => { window.__text = text; }); return 'blob:kept'; },
        HTMLAnchorElement.prototype.click = function () { window.__offered = this.download; })",
    )
    .unwrap();
    let rows = open.ask("[...document.querySelectorAll('[id^=fixed-]')].map(one => one.id)").unwrap();
    assert_eq!(rows, serde_json::json!(["fixed-0", "fixed-2", "fixed-6"]));
    let archive = |number: u32, name: &str| {
        open.ask("(window.__text = null)").unwrap();
        open.click(&format!("#fixed-{number}")).unwrap();
        open.wait_for("window.__text").unwrap();
        assert_eq!(open.ask("window.__offered").unwrap(), name);
        open.ask("window.__text").unwrap().as_str().unwrap_or_default().to_owned()
    };
    let today = archive(0, "kafka-upgrade-today.zip");
    assert!(today.contains("delegation.token.secret.key") && !today.contains("timestamp.before.max.ms"));
    assert!(archive(2, "kafka-upgrade-stop-2.zip").contains("org.apache.kafka.tools.GetOffsetShell"));
    let last = archive(6, "kafka-upgrade-stop-6.zip");
    assert!(last.contains("timestamp.before.max.ms") && last.contains("delegation.token.secret.key"));
    open.close();
}

#[test]
fn the_printed_sheet_has_the_whole_answer_and_nothing_to_click() {
    let open = Open::new();
    open.click("#example-1").unwrap();
    open.wait_for("document.querySelector('.sheet h1')").unwrap();
    let sheet = open.ask("document.querySelector('.app > .sheet').textContent").unwrap();
    let sheet = sheet.as_str().unwrap_or_default();
    for part in [
        "Not ready for ",
        "What you run",
        "Breaks",
        "Works differently",
        "Plan",
        "no way back",
        "What no file can show",
        "bin/kafka-",
    ] {
        assert!(sheet.contains(part), "{part} is not printed");
    }
    assert_eq!(
        open.ask("document.querySelectorAll('.app > .sheet :is(button, input, select, a)').length").unwrap(),
        0
    );
    open.print().unwrap();
    let shown = open.ask("[...document.querySelector('.app').children].filter(one => getComputedStyle(one).display !== 'none').map(one => one.className)").unwrap();
    assert_eq!(shown, serde_json::json!(["sheet"]));
    open.close();
}
