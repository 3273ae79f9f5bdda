//! A file as it was read, with its place in the request. What is *not* here: judgement.

use std::rc::Rc;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Setting};

/// One file as it was read.
#[derive(Debug)]
pub struct Read<'a> {
    /// As it was given.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What was read from it.
    pub document: Rc<Document>,
    /// Whose keys it sets.
    pub component: Option<Component>,
    /// Of a broker file: which of the two it is.
    pub roles: Roles,
    /// Whether it is a part of the file before it, whose path and text it has.
    pub is_part: bool,
}

/// What `process.roles` makes of a broker file. Without it, it is a broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    /// It serves clients.
    pub broker: bool,
    /// It is one of the controllers of a KRaft quorum.
    pub controller: bool,
}

impl<'a> Read<'a> {
    /// The file with its roles worked out.
    pub fn new(
        path: &'a str,
        text: &'a str,
        document: impl Into<Rc<Document>>,
        component: Option<Component>,
    ) -> Self {
        let document = document.into();
        let roles = Roles { broker: true, controller: false };
        let mut read = Self { path, text, document, component, roles, is_part: false };
        if let Some(roles) = read.setting(Component::BROKER, "process.roles") {
            let has = |role| roles.value.split(',').any(|one| one.trim() == role);
            let controller = has("controller");
            read.roles = Roles { broker: has("broker") || !controller, controller };
        }
        read
    }

    /// Whose key a setting is.
    pub fn component_of(&self, setting: &Setting) -> Option<Component> {
        // A prefix names its own component; without one the file's counts, which the reader may have overruled.
        if setting.prefix.is_empty() { self.component.or(setting.component) } else { setting.component }
    }

    /// The setting of that key that counts.
    pub fn setting(&self, component: Component, key: &str) -> Option<&Setting> {
        self.document.settings.iter().find(|setting| {
            setting.effective && setting.key == key && self.component_of(setting) == Some(component)
        })
    }

    /// The setting that counts, of a broker file; `None` for any other file.
    pub fn broker_setting(&self, key: &str) -> Option<&Setting> {
        if self.is_broker() { self.setting(Component::BROKER, key) } else { None }
    }

    /// Whether it is a broker's or controller's file.
    pub fn is_broker(&self) -> bool {
        self.component == Some(Component::BROKER)
    }
}
