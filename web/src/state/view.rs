//! What the page shows: which screen, which side of it, which panel, which dialog.

/// What the right side shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Panel {
    /// What is seen first: the path, the matrix, the worst findings.
    Overview,
    /// What was found.
    Findings,
    /// What to do, step by step.
    Plan,
    /// What no file can show.
    Manual,
    /// Which checks ran.
    Checks,
    /// Files as the fixes make them.
    Changes,
}

/// Which side is shown where there is room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Side {
    /// The text.
    Text,
    /// The answer.
    #[default]
    Panel,
}

/// What is open above the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// How to verify that nothing leaves the page.
    Promise,
    /// The report, to be taken along.
    Export,
    /// What the keyboard does.
    Keyboard,
}

/// Which of the two pages is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Texts and what becomes of them.
    #[default]
    Check,
    /// Keys and their histories; the key that is open, with its component.
    Keys(Option<(String, String)>),
    /// What people wrote down; the id of the rule that is open.
    Rules(Option<String>),
    /// What changes between two releases, as the address names them.
    Compare(String, String),
}
