//! The JavaScript package: a check in one call or in slices, fixes, formats, and what can be asked for.
//!
//! Invariants: the report that JavaScript gets is the one that the command writes, but that columns and offsets are
//! counted in UTF-16 code units, as JavaScript counts; secrets are covered in it unless the request wants them.

use std::rc::Rc;

use kafka_upgrade_catalog::{self as catalog, Component, Platform, Release};
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Context, FORMATS, Mode, Report, format, without_secrets};
use kafka_upgrade_rules::{self as rules, File};
use kafka_upgrade_session::{Options, Session as Checked, Slice};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// What JavaScript asks.
#[derive(Default, Deserialize)]
struct Request {
    from: Option<String>,
    to: Option<String>,
    mode: Option<Mode>,
    platform: Option<String>,
    component: Option<String>,
    #[serde(default)]
    files: Vec<Text>,
    #[serde(default)]
    have: Vec<String>,
    #[serde(default, rename = "withSecrets")]
    with_secrets: bool,
}

#[derive(Deserialize, Serialize)]
struct Text {
    path: String,
    text: String,
}

impl Request {
    fn options(&self) -> Result<Options, JsError> {
        Ok(Options {
            from: self.from.as_deref().map(catalog::resolve).transpose()?,
            to: self.to.as_deref().map_or_else(|| Ok(catalog::newest()), catalog::resolve)?,
            mode: self.mode,
            platform: self.platform.as_deref().map(known_platform).transpose()?,
            component: self.component.as_deref().map(known).transpose()?,
            have: self.have.clone(),
            units: Units::Utf16,
        })
    }

    /// Calls `then` with the request as the core takes it.
    fn with<T>(&self, then: impl FnOnce(&rules::Request<'_>) -> T) -> Result<T, JsError> {
        let Options { from, to, mode, platform, component, have, units } = self.options()?;
        let files: Vec<_> = self.files.iter().map(|file| File::new(&file.path, &file.text)).collect();
        let have: Vec<_> = have.iter().map(String::as_str).collect();
        Ok(then(&rules::Request { from, to, mode, platform, component, files: &files, have: &have, units }))
    }
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const PACKAGE_TYPES: &str = include_str!("package.d.ts");

/// Checks files and returns Report v1; columns and offsets are counted in UTF-16 code units.
///
/// # Errors
/// When the request is not of its shape, or names a release, platform or component that is not known.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn check(#[wasm_bindgen(unchecked_param_type = "Request")] request: JsValue) -> Result<JsValue, JsError> {
    let request: Request = shaped(request, "the request")?;
    let report = request.with(kafka_upgrade_session::check)?;
    leaving(&report, request.with_secrets)
}

/// Applies every fix that keeps the meaning and that both the release that runs and the target understand.
///
/// The texts keep their secrets: they are the caller's own files.
///
/// # Errors
/// As [`check`].
#[wasm_bindgen(unchecked_return_type = "Fixed")]
pub fn fix(#[wasm_bindgen(unchecked_param_type = "Request")] request: JsValue) -> Result<JsValue, JsError> {
    #[derive(Serialize)]
    struct FixedText<'a> {
        path: &'a str,
        text: String,
        applied: usize,
    }
    #[derive(Serialize)]
    struct Fixed<'a> {
        files: Vec<FixedText<'a>>,
        report: Report,
    }
    let request: Request = shaped(request, "the request")?;
    let kafka_upgrade_session::Fixed { files, report } = request.with(kafka_upgrade_session::fix)?;
    let report = if request.with_secrets { report } else { without_secrets(&report) };
    let files = request.files.iter().zip(files);
    let files = files.map(|(file, (text, applied))| FixedText { path: &file.path, text, applied }).collect();
    value(&Fixed { files, report })
}

/// Writes a report of [`check`] in a format of the command.
///
/// # Errors
/// When it is no report, or there is no such format.
#[wasm_bindgen]
pub fn render(
    #[wasm_bindgen(unchecked_param_type = "Report")] report: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Format")] name: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "string[] | undefined")] ticked: Option<Vec<String>>,
) -> Result<String, JsError> {
    let report: Report = shaped(report, "the report")?;
    let name = &*string(name, "format")?;
    let ticked = ticked.unwrap_or_default();
    let ticked: Vec<&str> = ticked.iter().map(String::as_str).collect();
    let names = || FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    let format = format(name).ok_or_else(|| JsError::new(&format!("`{name}` is none of {}", names())))?;
    Ok(format.write(&report, &Context { ticked: &ticked, utf16: true, verbose: true, ..Context::default() }))
}

/// What a rule, a key or a pasted failure means; empty where nothing is known of it.
///
/// # Errors
/// When it is no string.
#[wasm_bindgen(unchecked_return_type = "Explanation[]")]
pub fn explain(#[wasm_bindgen(unchecked_param_type = "string")] what: &JsValue) -> Result<JsValue, JsError> {
    value(&crate::explain::explain(&string(what, "what is to be explained")?))
}

/// Every rule that people wrote, by its id.
///
/// # Errors
/// Never: what is returned are values.
#[wasm_bindgen(unchecked_return_type = "Rule[]")]
pub fn rules() -> Result<JsValue, JsError> {
    value(&rules::notes().map(crate::explain::rule).collect::<Vec<_>>())
}

/// Every release that can be named, oldest first.
///
/// # Errors
/// Never: what is returned are values.
#[wasm_bindgen(unchecked_return_type = "Version[]")]
pub fn versions() -> Result<JsValue, JsError> {
    #[derive(Serialize)]
    struct Version {
        release: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<&'static str>,
        newest: bool,
    }
    let version = |release: Release| Version {
        release: release.to_string(),
        date: catalog::date(release),
        newest: release == catalog::newest(),
    };
    value(&catalog::releases().map(version).collect::<Vec<_>>())
}

/// Files that come and go; a check of them is done in slices, so that what calls it can do something else in between.
#[wasm_bindgen]
pub struct Session {
    checked: Checked,
    with_secrets: bool,
}

/// A session with the files and options of a request.
///
/// # Errors
/// As [`check`].
#[wasm_bindgen]
pub fn session(
    #[wasm_bindgen(unchecked_param_type = "Request | undefined")] request: JsValue,
) -> Result<Session, JsError> {
    let mut session = Session { checked: Checked::new(Request::default().options()?), with_secrets: false };
    if !request.is_undefined() {
        session.set(request)?;
    }
    Ok(session)
}

#[wasm_bindgen]
impl Session {
    /// Changes what to check for, and adds the request's files to those that are there.
    ///
    /// # Errors
    /// As [`check`].
    pub fn set(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Request")] request: JsValue,
    ) -> Result<(), JsError> {
        let request: Request = shaped(request, "the request")?;
        self.checked.set(request.options()?);
        self.with_secrets = request.with_secrets;
        request.files.iter().for_each(|file| self.checked.put(&File::new(&file.path, &file.text)));
        Ok(())
    }

    /// Adds a file, or replaces the one of that path.
    ///
    /// # Errors
    /// When path or text is no string.
    pub fn put(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] path: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "string")] text: &JsValue,
    ) -> Result<(), JsError> {
        self.checked.put(&File::new(&string(path, "path")?, &string(text, "text")?));
        Ok(())
    }

    /// Takes a file out; nothing happens where there is none of that path.
    ///
    /// # Errors
    /// When the path is no string.
    pub fn remove(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "string")] path: &JsValue,
    ) -> Result<(), JsError> {
        self.checked.remove(&string(path, "path")?);
        Ok(())
    }

    /// Does one slice: reads one file, or judges all of them against one release.
    ///
    /// # Errors
    /// Never: what is returned are values.
    #[wasm_bindgen(unchecked_return_type = "Progress")]
    pub fn step(&mut self) -> Result<JsValue, JsError> {
        #[derive(Serialize)]
        struct Progress {
            left: usize,
            #[serde(skip_serializing_if = "Option::is_none")]
            report: Option<Report>,
        }
        let (left, report) = match self.checked.step() {
            Slice::Left(left) => (left.max(1), None),
            Slice::Done(report) => (0, Some(self.leaves(&report))),
        };
        value(&Progress { left, report })
    }

    /// Does all slices that are left.
    ///
    /// # Errors
    /// Never: what is returned are values.
    #[wasm_bindgen(unchecked_return_type = "Report")]
    pub fn report(&mut self) -> Result<JsValue, JsError> {
        let report = self.checked.report();
        value(&self.leaves(&report))
    }

    fn leaves(&self, report: &Rc<Report>) -> Report {
        if self.with_secrets { (**report).clone() } else { without_secrets(report) }
    }
}

/// What a caller gives as an object, or an error that says which one it is; the rest are words of the reader of objects.
fn shaped<T: DeserializeOwned>(given: JsValue, what: &str) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(given).map_err(|error| {
        let error = error.to_string();
        JsError::new(&format!("{what} is not of its shape: {}", error.trim_start_matches("Error: ")))
    })
}

/// Requires a string from a caller in plain JavaScript, where any other value would be read as if it were one.
fn string(value: &JsValue, what: &str) -> Result<String, JsError> {
    value.as_string().ok_or_else(|| JsError::new(&format!("{what} is no string")))
}

fn leaving(report: &Report, with_secrets: bool) -> Result<JsValue, JsError> {
    if with_secrets { value(report) } else { value(&without_secrets(report)) }
}

/// As plain objects.
fn value(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

fn known(name: &str) -> Result<Component, JsError> {
    Component::parse(name)
        .ok_or_else(|| JsError::new(&format!("`{name}` is no component that is known here")))
}

fn known_platform(name: &str) -> Result<Platform, JsError> {
    Platform::parse(name).ok_or_else(|| JsError::new(&format!("`{name}` is no platform that is known here")))
}
