//! What became of one key over all releases.

use kafka_upgrade_protocol::{Answer, Question};
use yew::{Html, Properties, component, html};

use crate::components::reference::reference;
use crate::components::rich::breakable;
use crate::shell::use_answer;
use crate::texts::reference as words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) component: String,
    /// The key.
    pub(crate) name: String,
}

#[component]
pub(crate) fn KeyHistory(props: &Props) -> Html {
    let Props { component, name } = props;
    let answer = use_answer(Question::Key { component: component.clone(), name: name.clone() });
    let history = match answer.as_deref() {
        Some(Answer::Key(Some(history))) => history,
        Some(_) => {
            return html! { <p class="quiet-note">{words::unknown_key(name, component)}</p> };
        }
        None => return html! {},
    };
    let deprecated = history.eras.iter().any(|era| era.deprecated);
    let dynamic = history.eras.iter().any(|era| !era.update.is_empty());
    html! {
        <div class="history">
            <h2><code>{ breakable(name) }</code></h2>
            <p>{words::lives(component, &history.lives)}{" "}{ reference("keys", name, words::PAGE) }</p>
            if !history.borrowed.is_empty() {
                <p class="faint">{words::borrowed(&history.borrowed.join(", "))}</p>
            }
            <div class="scroll"><table>
                <caption>{words::DECLARES}</caption>
                <thead><tr><th scope="col">{words::RELEASES}</th><th scope="col">{words::TYPE}</th><th scope="col">{words::DEFAULT}</th><th scope="col">{words::ACCEPTS}</th>if dynamic { <th scope="col">{words::UPDATE}</th> }if deprecated { <th scope="col">{words::DEPRECATION}</th> }</tr></thead>
                <tbody>
                    { for history.eras.iter().map(|era| html! {
                        <tr>
                            <th scope="row">{&era.releases}</th>
                            <td>{&era.value}</td>
                            <td>{&era.default}</td>
                            <td>{&era.accepts}</td>
                            if dynamic { <td>{&era.update}</td> }
                            if deprecated { <td>{ if era.deprecated { words::DEPRECATED } else { "" } }</td> }
                        </tr>
                    }) }
                </tbody>
            </table></div>
        </div>
    }
}
