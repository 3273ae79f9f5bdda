//! What every component may ask for: the core, and what it knows whatever is pasted.

use std::rc::Rc;

use kafka_upgrade_protocol::{Answer, Facts, Question};
use yew::{Callback, use_context, use_effect_with, use_state};

use crate::core::Core;
use crate::shared::Shared;

/// The context of all components.
#[derive(Clone, PartialEq)]
pub(crate) struct Shell {
    pub(crate) core: Core,
    /// Empty until the core is there.
    pub(crate) facts: Shared<Facts>,
    /// Of the subjects and rules of findings those that the reference has a page of, sorted.
    pub(crate) known: Rc<Vec<String>>,
}

impl Shell {
    /// Whether the reference has a page of a finding's subject, which is a key then, or of its rule.
    pub(crate) fn is_known(&self, name: &str) -> bool {
        self.known.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }
}

/// What the core knows; empty until it is there.
#[yew::hook]
pub(crate) fn use_facts() -> Option<Shared<Facts>> {
    use_context::<Shell>().map(|shell| shell.facts)
}

/// The answer to a question, and to the next one where it changes: until then the answer before.
#[yew::hook]
pub(crate) fn use_answer(question: Question) -> Option<Rc<Answer>> {
    let answer = use_state(|| None::<Rc<Answer>>);
    let shell = use_context::<Shell>();
    let core = shell.map(|shell| shell.core);
    let set = answer.setter();
    use_effect_with((question, core), move |(question, core)| {
        // A reader who types on has the answers come in order, the last one for what stands there.
        if let Some(core) = core {
            core.ask(question.clone(), Callback::from(move |answer| set.set(Some(Rc::new(answer)))));
        }
    });
    (*answer).clone()
}
