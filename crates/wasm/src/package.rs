//! The JavaScript package: a check in one call, and what can be asked for.
//!
//! Invariant: the report that JavaScript gets is the one that the command writes, but that columns and offsets are
//! counted in UTF-16 code units, as JavaScript counts.

use kafka_upgrade_catalog::{self as catalog, Component, Platform, Release};
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Mode, without_secrets};
use kafka_upgrade_rules as rules;
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// What JavaScript asks.
#[derive(Deserialize)]
struct Request {
    from: Option<String>,
    to: Option<String>,
    mode: Option<Mode>,
    platform: Option<String>,
    component: Option<String>,
    #[serde(default)]
    files: Vec<File>,
    #[serde(default)]
    have: Vec<String>,
    #[serde(default, rename = "withSecrets")]
    with_secrets: bool,
}

#[derive(Deserialize)]
struct File {
    path: String,
    text: String,
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// Checks files and returns Report v1; columns and offsets are counted in UTF-16 code units.
///
/// # Errors
/// When the request is not of its shape, or names a release, platform or component that is not known.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn check(#[wasm_bindgen(unchecked_param_type = "Request")] request: JsValue) -> Result<JsValue, JsError> {
    let Request { from, to, mode, platform, component, files, have, with_secrets } =
        serde_wasm_bindgen::from_value(request)?;
    let files: Vec<_> = files.iter().map(|file| rules::File::new(&file.path, &file.text)).collect();
    let have: Vec<_> = have.iter().map(String::as_str).collect();
    let report = kafka_upgrade_session::check(&rules::Request {
        from: from.as_deref().map(catalog::resolve).transpose()?,
        to: to.as_deref().map_or_else(|| Ok(catalog::newest()), catalog::resolve)?,
        mode,
        platform: platform.as_deref().map(known_platform).transpose()?,
        component: component.as_deref().map(known).transpose()?,
        files: &files,
        have: &have,
        units: Units::Utf16,
    });
    let report = if with_secrets { report } else { without_secrets(&report) };
    Ok(report.serialize(&Serializer::json_compatible())?)
}

/// Every release that can be named, oldest first.
#[wasm_bindgen]
#[must_use]
pub fn releases() -> Vec<String> {
    catalog::releases().map(|release: Release| release.to_string()).collect()
}

fn known(name: &str) -> Result<Component, JsError> {
    Component::parse(name)
        .ok_or_else(|| JsError::new(&format!("`{name}` is no component that is known here")))
}

fn known_platform(name: &str) -> Result<Platform, JsError> {
    Platform::parse(name).ok_or_else(|| JsError::new(&format!("`{name}` is no platform that is known here")))
}
