//! A file that was drafted for a step: to be read, copied, downloaded, or checked here as a file of its own.

use std::rc::Rc;

use kafka_upgrade_report::DraftFile;
use yew::{Callback, Html, html};

use crate::components::copy::Copy;
use crate::state::{Action, Incoming, Side};
use crate::take;
use crate::texts::{self, plan};

/// The draft, folded.
pub(crate) fn draft(draft: &Rc<DraftFile>, send: &Callback<Action>) -> Html {
    let DraftFile { path, text, .. } = &**draft;
    let download = {
        let draft = Rc::clone(draft);
        Callback::from(move |_| {
            let name = draft.path.rsplit('/').next().unwrap_or_default();
            take::download(name, "text/plain", &draft.text);
        })
    };
    let open = {
        let (draft, send) = (Rc::clone(draft), send.clone());
        Callback::from(move |_| {
            send.emit(Action::Add(vec![Incoming::text(&draft.path, draft.text.as_str())]));
            send.emit(Action::Turn(Side::Text));
        })
    };
    html! {
        <details class="draft">
            <summary>{plan::DRAFT}<code>{path}</code></summary>
            <pre tabindex="0"><code>{text}</code></pre>
            <div class="row">
                <Copy text={text.clone()} />
                <button class="btn" onclick={download}>{texts::DOWNLOAD}</button>
                <button class="btn" onclick={open}>{plan::OPEN_DRAFT}</button>
            </div>
        </details>
    }
}
