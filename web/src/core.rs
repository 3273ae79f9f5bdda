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
    Answer, Encoding, File, Job, Question, Reply, Request, checked, decode, encode, restore,
};
use kafka_upgrade_report::{Mode, Report};
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use yew::{AttrValue, Callback, UseReducerDispatcher, UseReducerHandle, use_effect_with};

use crate::shared::Shared;
use crate::state::{Action, Incoming, State};

/// Word for the encoding of a text that is kept in the browser.
pub(crate) const LATIN1: &str = "latin1";

/// A check that takes longer, in milliseconds, is shown as running.
const A_MOMENT: u32 = 100;

#[wasm_bindgen]
extern "C" {
    /// Ends the current worker and starts another as soon as possible.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = start)]
    fn start(
        receive: &Closure<dyn FnMut(Vec<u8>)>,
        fail: &Closure<dyn FnMut(String)>,
        deliver: &Closure<dyn FnMut(String, String, String, String)>,
    );
    /// Sends a message, or keeps it until there is a worker.
    #[wasm_bindgen(js_namespace = kafkaUpgradeCheck, js_name = post)]
    fn post(message: Uint8Array);
}

/// What [`checked`] leaves of a message, the report in it, and what the reference has pages of.
type Last = (Vec<u8>, Shared<Report>, Rc<Vec<String>>);

/// Text, component and encoding of a file.
type Sent = (Rc<str>, Option<AttrValue>, Encoding);

/// The handle of the core; the same one as long as the page is open.
#[derive(Clone)]
pub(crate) struct Core(Rc<Inner>);

struct Inner {
    /// What the core has of each path.
    sent: RefCell<BTreeMap<AttrValue, Sent>>,
    asked: RefCell<BTreeMap<u32, Asked>>,
    /// The newest report, with the bytes that it came in.
    last: RefCell<Option<Last>>,
    /// Texts that come in, until all of them are there.
    coming: RefCell<Vec<Incoming>>,
    next: Cell<u32>,
    send: UseReducerDispatcher<State>,
    /// What the loader calls; it lives as long as the page.
    listeners: RefCell<Option<Listeners>>,
}

/// The closures for what comes from outside: the bytes of a message, why the worker failed, and what `take-in.js` and
/// `keep.js` bring.
struct Listeners {
    receive: Closure<dyn FnMut(Vec<u8>)>,
    fail: Closure<dyn FnMut(String)>,
    deliver: Closure<dyn FnMut(String, String, String, String)>,
}

/// A question that is not answered.
struct Asked {
    question: Question,
    then: Callback<Answer>,
    /// Whether the core has failed once since this was asked. It is asked a second time, but not a third.
    again: bool,
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
            last: RefCell::default(),
            coming: RefCell::default(),
            next: Cell::new(0),
            send,
            listeners: RefCell::default(),
        };
        let core = Self(Rc::new(inner));
        let (receiver, failed, bringing) = (core.clone(), core.clone(), core.clone());
        let receive = Closure::new(move |message: Vec<u8>| receiver.receive(&message));
        let fail = Closure::new(move |why: String| failed.fail(&why));
        let deliver = Closure::new(move |kind: String, name: String, value: String, more: String| {
            bringing.deliver(&kind, &name, value, &more);
        });
        start(&receive, &fail, &deliver);
        core.0.listeners.replace(Some(Listeners { receive, fail, deliver }));
        core
    }

    /// Asks a question; the answer comes later, or never where it makes the core fail.
    pub(crate) fn ask(&self, question: Question, then: Callback<Answer>) {
        self.ask_as(Asked { question, then, again: false });
    }

    fn ask_as(&self, asked: Asked) {
        let number = self.0.next.get();
        self.0.next.set(number.wrapping_add(1));
        let request = Request::Ask(number, asked.question.clone());
        self.0.asked.borrow_mut().insert(number, asked);
        send(&request);
    }

    /// Asks a new core what the one before has not answered. What is about the report has to wait for it.
    fn ask_again(&self, about_report: bool) {
        let open = std::mem::take(&mut *self.0.asked.borrow_mut());
        for (number, asked) in open {
            if asked.again && matches!(asked.question, Question::TakeAlong { .. }) == about_report {
                self.ask_as(asked);
            } else {
                self.0.asked.borrow_mut().insert(number, asked);
            }
        }
    }

    /// What `take-in.js` and `keep.js` bring: files, settings, notices, and the word that all files are there.
    fn deliver(&self, kind: &str, name: &str, value: String, more: &str) {
        let action = match (kind, name) {
            ("file", path) => {
                let (component, encoding) = more.split_once('\t').unwrap_or_default();
                let encoding = if encoding == LATIN1 { Encoding::Latin1 } else { Encoding::Utf8 };
                let component = (!component.is_empty()).then(|| component.to_owned().into());
                let text = Incoming { component, encoding, ..Incoming::text(path, value) };
                return self.0.coming.borrow_mut().push(text);
            }
            ("done", _) => match self.0.coming.take() {
                none if none.is_empty() => return,
                texts => Action::Add(texts),
            },
            ("notice", _) => Action::Notice(value),
            ("set", "from") => Action::SetFrom(Some(value.into())),
            ("set", "to") => Action::SetTo(Some(value.into())),
            ("set", "platform") => Action::SetPlatform(Some(value.into())),
            ("set", "mode") => Action::SetMode(Mode::parse(&value)),
            ("set", "tick") => Action::Ticked([value.into()].into()),
            ("set", "have") => {
                let dispatcher = self.0.send.clone();
                return self.ask(
                    Question::Things(value),
                    Callback::from(move |answer| {
                        if let Answer::Things(things) = answer {
                            dispatcher.dispatch(Action::Stated(things));
                        }
                    }),
                );
            }
            _ => return,
        };
        self.0.send.dispatch(action);
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
        // A question asked twice is taken to be what makes the core fail.
        let mut asked = self.0.asked.borrow_mut();
        asked.retain(|_, asked| !std::mem::replace(&mut asked.again, true));
        drop(asked);
        if let Some(Listeners { receive, fail, deliver }) = &*self.0.listeners.borrow() {
            start(receive, fail, deliver);
        }
        self.ask_again(false);
    }

    /// Most keys change nothing in the report: one that is the same as before is not read again, and what shows it is not
    /// rendered again.
    fn same(&self, message: &[u8]) -> Option<Action> {
        let (revision, bytes) = checked(message)?;
        let last = self.0.last.borrow();
        let (before, report, known) = last.as_ref()?;
        (before == bytes).then(|| Action::Checked(revision, report.clone(), Rc::clone(known)))
    }

    fn receive(&self, message: &[u8]) {
        if let Some(action) = self.same(message) {
            self.ask_again(true);
            return self.0.send.dispatch(action);
        }
        let action = match decode(message) {
            Ok(Reply::Facts(facts)) => Action::Known(Shared::new(facts)),
            Ok(Reply::Left { revision, done, left }) => Action::Progress(revision, done, left),
            Ok(Reply::Checked { revision, mut report, ranges, known }) => {
                restore(Rc::make_mut(&mut report), ranges);
                self.ask_again(true);
                let (report, known) = (Shared::from(report), Rc::new(known));
                let bytes = checked(message).map_or_else(Vec::new, |(_, bytes)| bytes.to_vec());
                self.0.last.replace(Some((bytes, report.clone(), Rc::clone(&known))));
                Action::Checked(revision, report, known)
            }
            Ok(Reply::Taken { texts, notices }) => {
                let texts = texts.into_iter().map(|File { path, text, encoding, .. }| Incoming {
                    encoding,
                    ..Incoming::text(&path, text)
                });
                self.0.coming.borrow_mut().extend(texts);
                for notice in notices {
                    self.0.send.dispatch(Action::Notice(notice));
                }
                return;
            }
            Ok(Reply::Answer(number, answer)) => {
                let asked = self.0.asked.borrow_mut().remove(&number);
                if let Some(asked) = asked {
                    asked.then.emit(answer);
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
