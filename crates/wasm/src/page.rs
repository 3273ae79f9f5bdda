//! What the page's worker calls.

use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use kafka_upgrade_input::intake::folder;

use crate::core::PageCore;

/// [`PageCore`] for JavaScript; messages are bytes.
#[wasm_bindgen]
#[derive(Default)]
pub struct Core(PageCore);

#[wasm_bindgen]
impl Core {
    /// A core without files.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The first message to the shell.
    #[must_use]
    pub fn facts(&self) -> Vec<u8> {
        self.0.facts()
    }

    /// Takes a message, and returns the reply where there is one at once.
    ///
    /// # Errors
    /// When the bytes are no message of this version.
    pub fn receive(&mut self, message: &[u8]) -> Result<Option<Vec<u8>>, JsError> {
        Ok(self.0.receive(message)?)
    }

    /// Whether there is something left to check.
    #[wasm_bindgen(js_name = isBusy)]
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.0.is_busy()
    }

    /// Does one slice; returns the report when it was the last one.
    pub fn step(&mut self) -> Option<Vec<u8>> {
        self.0.step()
    }

    /// How far the check is.
    #[must_use]
    pub fn progress(&self) -> Vec<u8> {
        self.0.progress()
    }

    /// Names of folders that are not entered, with a NUL between them.
    #[must_use]
    pub fn aside(&self) -> String {
        folder::ASIDE.join("\0")
    }

    /// Indices of those files of a folder that are read. `paths` have a NUL between them; in `ignores` each path of a
    /// folder is followed by the text of its `.gitignore`.
    pub fn sift(&mut self, paths: &str, ignores: &str) -> Vec<u32> {
        self.0.sift(paths, ignores)
    }

    /// The message that says what came of the bytes of a file.
    pub fn take(&mut self, path: &str, bytes: Vec<u8>, of_folder: bool) -> Vec<u8> {
        self.0.take(path, bytes, of_folder)
    }

    /// The message that says what was left out of a folder, which is read to its end.
    pub fn folder(&mut self, name: &str) -> Vec<u8> {
        self.0.folder(name)
    }
}
