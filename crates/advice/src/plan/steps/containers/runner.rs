//! What runs containers where neither Compose nor Kubernetes does: a script, units of systemd, Nomad, Amazon ECS.
//!
//! What is *not* here: their commands (`commands`).

use crate::plan::steps::Writer;

/// Who starts and stops the containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Runner {
    Compose,
    /// `docker run` in a script.
    Script,
    /// A unit of systemd, or a quadlet of podman.
    Unit,
    Nomad,
    Ecs,
}

impl Runner {
    /// By what the sign of the platform is called, and the file that has it.
    pub(super) fn of(writer: &Writer<'_, '_>, file: Option<&str>) -> Self {
        let is_unit = file.is_some_and(|name| name.ends_with(".container") || name.ends_with(".service"));
        match writer.case.running.service {
            "Nomad" => Self::Nomad,
            "Amazon ECS" => Self::Ecs,
            "containers" if is_unit => Self::Unit,
            "containers" => Self::Script,
            _ => Self::Compose,
        }
    }
}
