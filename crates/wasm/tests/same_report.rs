//! Native and wasm return the same report, byte by byte: `build.rs` ran the native side on `tests/inputs` and the corpus.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Context, format};
use kafka_upgrade_session::{File, Request, check};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What is stated to run beside each.
const HAVE: &str = include!(concat!(env!("OUT_DIR"), "/have.rs"));

/// Path, text and the native report of each input.
const CASES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/cases.rs"));

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON)]
    fn parse(text: &str) -> JsValue;
    #[wasm_bindgen(js_namespace = JSON)]
    fn stringify(value: &JsValue) -> String;
}

#[wasm_bindgen_test]
fn wasm_returns_the_native_reports() {
    assert!(CASES.len() >= 30);
    for (path, text, native) in CASES {
        let report = check(&Request {
            from: Some(Release::new(3, 4, 1)),
            have: &[HAVE],
            units: Units::Utf16,
            ..Request::new(Release::new(4, 0, 0), &[File::new(path, text)])
        });
        let json = format("json").expect("the report is written as JSON");
        assert_eq!(&json.write(&report, &Context::default()), native, "{path}");
    }
}

#[wasm_bindgen_test]
fn javascript_gets_the_native_reports_as_plain_objects() {
    for (path, text, native) in CASES {
        let file = serde_json::json!({"path": path, "text": text});
        let request = serde_json::json!({"from": "3.4.1", "to": "4.0.0", "files": [file], "have": [HAVE]});
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
