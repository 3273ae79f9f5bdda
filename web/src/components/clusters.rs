//! Several clusters in what was given: each with its verdict, its files and the stops of its own plan.

use kafka_upgrade_report::{Cluster, Report};
use yew::{Html, html};

use crate::texts::plan as texts;

/// The clusters of a report; nothing where everything is taken for one.
pub(crate) fn clusters(report: &Report) -> Html {
    if report.clusters.is_empty() {
        return Html::default();
    }
    html! {
        <section class="panel clusters" aria-labelledby="clusters">
            <h2 id="clusters">{texts::clusters(report.clusters.len())}</h2>
            { for report.clusters.iter().map(|one| cluster(one, &report.path.to)) }
        </section>
    }
}

fn cluster(cluster: &Cluster, to: &str) -> Html {
    let plan = &cluster.plan;
    html! {
        <details>
            <summary><b>{&cluster.name}</b>{" "}{cluster.sentence(to)}</summary>
            <p class="faint">{cluster.files.join(", ")}</p>
            if let Some(why_not) = &plan.why_not { <p>{why_not}</p> }
            <ol>
                { for plan.hops.iter().zip(1..).map(|(hop, number)| html! {
                    <li>{&hop.title}<ul>
                        { for plan.steps.iter().filter(|step| step.hop == number).map(|step| html! { <li>{&step.title}</li> }) }
                    </ul></li>
                }) }
            </ol>
        </details>
    }
}
