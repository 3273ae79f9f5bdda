//! The core, as the shell sees it: a worker somewhere else that is sent what changed, and answers later.
//!
//! `boot.js` starts and ends the worker and keeps messages until there is one; see `start` and `post` there. Invariants:
//! nothing is checked here; what a core was sent is known, so that a new one is sent everything.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Uint8Array;
use kafka_upgrade_protocol::{
    Answer, Encoding, File, Job, Question, Reply, Request, decode, encode, restore,
};
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use yew::{AttrValue, Callback, UseReducerDispatcher, UseReducerHandle, use_effect_with};

use crate::shared::Shared;
use crate::state::{Action, State};

/// A check that takes longer, in milliseconds, is shown as running.
const A_MOMENT: u32 = 100;

#[wasm_bindgen]
extern "C" {
    /// Ends the worker that is there and makes another as soon as that is possible; what was not sent yet is dropped.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = start)]
    fn start(receive: &Closure<dyn FnMut(Vec<u8>)>, fail: &Closure<dyn FnMut(String)>);
    /// Sends a message, or keeps it until there is a worker.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = post)]
    fn post(message: Uint8Array);
}

/// Text, component and encoding of a file.
type Sent = (Rc<str>, Option<AttrValue>, Encoding);

/// The handle of the core; the same one as long as the page is open.
#[derive(Clone)]
pub(crate) struct Core(Rc<Inner>);

struct Inner {
    /// What the core has of each path.
    sent: RefCell<BTreeMap<AttrValue, Sent>>,
    asked: RefCell<BTreeMap<u32, Callback<Answer>>>,
    next: Cell<u32>,
    send: UseReducerDispatcher<State>,
    /// What the loader calls; it lives as long as the page.
    listeners: RefCell<Option<Listeners>>,
}

/// The closures for what comes from the worker: the bytes of a message, and why it failed.
struct Listeners {
    receive: Closure<dyn FnMut(Vec<u8>)>,
    fail: Closure<dyn FnMut(String)>,
}

impl PartialEq for Core {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Core {
    /// Starts a core whose replies become actions.
    pub(crate) fn new(send: UseReducerDispatcher<State>) -> Self {
        let inner = Inner {
            sent: RefCell::default(),
            asked: RefCell::default(),
            next: Cell::new(0),
            send,
            listeners: RefCell::default(),
        };
        let core = Self(Rc::new(inner));
        let (receiver, failed) = (core.clone(), core.clone());
        let receive = Closure::new(move |message: Vec<u8>| receiver.receive(&message));
        let fail = Closure::new(move |why: String| failed.fail(&why));
        start(&receive, &fail);
        core.0.listeners.replace(Some(Listeners { receive, fail }));
        core
    }

    /// Asks a question; the answer comes later, or never where the core fails before.
    pub(crate) fn ask(&self, question: Question, then: Callback<Answer>) {
        let number = self.0.next.get();
        self.0.next.set(number.wrapping_add(1));
        self.0.asked.borrow_mut().insert(number, then);
        send(&Request::Ask(number, question));
    }

    /// Has what is on the page checked; sends what changed since the check before.
    fn check(&self, state: &State) {
        let mut sent = self.0.sent.borrow_mut();
        let gone = |path: &&AttrValue| !state.files.iter().any(|file| file.path == **path);
        let remove: Vec<AttrValue> = sent.keys().filter(gone).cloned().collect();
        sent.retain(|path, _| !remove.contains(path));
        let mut changed = Vec::new();
        for file in &state.files {
            let same = sent.get(&file.path).is_some_and(|(text, component, encoding)| {
                Rc::ptr_eq(text, &file.text) && *component == file.component && *encoding == file.encoding
            });
            if !same {
                let (text, component) = (Rc::clone(&file.text), file.component.clone());
                changed.push(File {
                    path: file.path.to_string(),
                    text: Rc::clone(&text),
                    component: component.as_ref().map(AttrValue::to_string),
                    encoding: file.encoding,
                });
                sent.insert(file.path.clone(), (text, component, file.encoding));
            }
        }
        send(&Request::Check(Job {
            revision: state.revision,
            from: state.from.as_ref().map(AttrValue::to_string),
            to: state.to.as_ref().map(AttrValue::to_string),
            mode: state.mode,
            platform: state.platform.as_ref().map(AttrValue::to_string),
            have: state.have.iter().map(|thing| thing.text.clone()).collect(),
            changed,
            remove: remove.iter().map(AttrValue::to_string).collect(),
        }));
    }

    /// Ends the core in the middle of what it does, and starts another from the compiled module.
    pub(crate) fn restart(&self) {
        self.0.sent.borrow_mut().clear();
        self.0.asked.borrow_mut().clear();
        if let Some(Listeners { receive, fail }) = &*self.0.listeners.borrow() {
            start(receive, fail);
        }
    }

    fn receive(&self, message: &[u8]) {
        let action = match decode(message) {
            Ok(Reply::Facts(facts)) => Action::Known(Shared::new(facts)),
            Ok(Reply::Left { revision, done, left }) => Action::Progress(revision, done, left),
            Ok(Reply::Checked { revision, mut report, ranges, keys }) => {
                restore(Rc::make_mut(&mut report), ranges);
                Action::Checked(revision, Shared::from(report), Rc::new(keys))
            }
            Ok(Reply::Answer(number, answer)) => {
                let then = self.0.asked.borrow_mut().remove(&number);
                if let Some(then) = then {
                    then.emit(answer);
                }
                return;
            }
            Err(error) => return self.fail(&error.to_string()),
        };
        self.0.send.dispatch(action);
    }

    fn fail(&self, why: &str) {
        self.restart();
        self.0.send.dispatch(Action::Failed(why.to_owned().into()));
    }
}

fn send(request: &Request) {
    let bytes = encode(request);
    post(JsValue::from(Uint8Array::from(bytes.as_slice())).into());
}

/// Checks whatever is on the page after each change.
#[yew::hook]
pub(crate) fn use_check(core: &Core, state: &UseReducerHandle<State>) {
    let (core, snapshot) = (core.clone(), state.clone());
    use_effect_with(state.revision, move |revision| {
        let revision = *revision;
        let mut slow = None;
        // There is nothing to check on a page that was just opened.
        if revision > 0 {
            core.check(&snapshot);
            slow = Some(Timeout::new(A_MOMENT, move || snapshot.dispatch(Action::Slow(revision))));
        }
        move || drop(slow)
    });
}
