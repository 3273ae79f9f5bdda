//! Native and wasm return the same report, byte by byte: `examples/native_reports.rs` ran the native
//! side on `tests/inputs` and the corpus, and `cargo xtask test` names what it wrote.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Context, format};
use kafka_upgrade_session::{File, Request, check};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Where nobody has run the native side, clippy finds a file without cases, and the tests fail on it.
const REPORTS: &str = include_str!(env!("NATIVE_REPORTS"));

/// What is stated to run beside each input; path, text and native report of each.
fn native() -> (String, Vec<(String, String, String)>) {
    let (have, cases): (String, Vec<_>) = serde_json::from_str(REPORTS).expect("these are the reports");
    assert!(cases.len() >= 30, "`cargo xtask test` runs the native side before");
    (have, cases)
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON)]
    fn parse(text: &str) -> JsValue;
    #[wasm_bindgen(js_namespace = JSON)]
    fn stringify(value: &JsValue) -> String;
}

#[wasm_bindgen_test]
fn wasm_returns_the_native_reports() {
    let (have, cases) = native();
    for (path, text, native) in &cases {
        let report = check(&Request {
            from: Some(Release::new(3, 4, 1)),
            have: &[&have],
            units: Units::Utf16,
            ..Request::new(Release::new(4, 0, 0), &[File::new(path, text)])
        });
        let json = format("json").expect("the report is written as JSON");
        assert_eq!(&json.write(&report, &Context::default()), native, "{path}");
    }
}

#[wasm_bindgen_test]
fn javascript_gets_the_native_reports_as_plain_objects() {
    let (have, cases) = native();
    for (path, text, native) in &cases {
        let file = serde_json::json!({"path": path, "text": text});
        let request = serde_json::json!({"from": "3.4.1", "to": "4.0.0", "files": [file], "have": [have]});
        let Ok(report) = kafka_upgrade_wasm::check(parse(&request.to_string())) else {
            panic!("{path} is refused");
        };
        let returned: serde_json::Value = serde_json::from_str(&stringify(&report)).expect("it is JSON");
        let native: serde_json::Value = serde_json::from_str(native).expect("it is JSON");
        assert_eq!(returned, native, "{path}");
    }
}

#[wasm_bindgen_test]
fn what_is_not_known_is_refused() {
    for request in
        [r#"{"to": "9.9.9", "files": []}"#, r#"{"component": "brokr", "files": []}"#, r#"{"files": 1}"#]
    {
        assert!(kafka_upgrade_wasm::check(parse(request)).is_err(), "{request}");
    }
    assert!(kafka_upgrade_wasm::check(parse(r#"{"have": ["kafka 3.4"]}"#)).is_ok(), "files are not needed");
    let Ok(versions) = kafka_upgrade_wasm::versions() else { panic!("no versions") };
    assert!(stringify(&versions).contains(r#"{"release":"4.0.0","date":"#));
}
