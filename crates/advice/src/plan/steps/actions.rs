//! What a step does, in order. What people read of it is made from it (`Step`'s commands).

use kafka_upgrade_report::Action;

/// Where to run commands that talk to the cluster and need nothing from a node.
const ANYWHERE: &str = "any machine that reaches the brokers";

/// A list of actions being built, and strings that their output has to contain.
#[derive(Clone, Debug, Default)]
pub(in crate::plan) struct Actions {
    pub(in crate::plan) list: Vec<Action>,
    pub(in crate::plan) contains: Vec<String>,
}

/// A line is a command, or a note where it begins with `# `.
pub(in crate::plan) struct Line(Action);

impl From<String> for Line {
    fn from(line: String) -> Self {
        Self(match line.strip_prefix("# ") {
            Some(text) => Action::Note { text: text.to_owned() },
            None => Action::Run { on: ANYWHERE.to_owned(), command: line },
        })
    }
}

impl From<&str> for Line {
    fn from(line: &str) -> Self {
        line.to_owned().into()
    }
}

impl From<Action> for Line {
    fn from(action: Action) -> Self {
        Self(action)
    }
}

/// A command that runs on a node, or on each of several.
pub(in crate::plan) fn run_on(on: &str, command: impl Into<String>) -> Action {
    Action::Run { on: on.to_owned(), command: command.into() }
}

impl Actions {
    /// One more at the end.
    pub(in crate::plan) fn push(&mut self, line: impl Into<Line>) {
        self.list.push(line.into().0);
    }

    /// More at the end.
    pub(in crate::plan) fn extend<L: Into<Line>>(&mut self, lines: impl IntoIterator<Item = L>) {
        self.list.extend(lines.into_iter().map(|line| line.into().0));
    }

    /// Strings that the output of the commands has to contain.
    pub(in crate::plan) fn expect(mut self, text: impl Into<String>) -> Self {
        self.contains.push(text.into());
        self
    }

    /// What a person types to carry them out.
    pub(in crate::plan) fn lines(&self) -> Vec<String> {
        self.list.iter().flat_map(Action::lines).collect()
    }
}

impl<L: Into<Line>> From<Vec<L>> for Actions {
    fn from(lines: Vec<L>) -> Self {
        let mut actions = Self::default();
        actions.extend(lines);
        actions
    }
}
