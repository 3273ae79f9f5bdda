//! A page for each key: what every release says of it, and the rules about it.

use kafka_upgrade_catalog::{self as catalog, Component, KeyEra, Release};
use kafka_upgrade_rules::key_words::{accepts, default, update};
use kafka_upgrade_rules::notes::about;

use crate::page::{Folder, escaped, path};
use crate::rules;

pub(crate) fn write(folder: &Folder) -> Result<usize, String> {
    let mut list = String::new();
    let mut letter = None;
    let mut count = 0;
    for key in catalog::keys() {
        let components: Vec<Component> = catalog::components_of(key).collect();
        if components.is_empty() {
            continue;
        }
        if letter != key.chars().next() {
            letter = key.chars().next();
            let end = if list.is_empty() { "" } else { "</ul>\n" };
            list += &format!("{end}<h2>{}</h2>\n<ul class=\"keys\">\n", letter.unwrap_or_default());
        }
        let file = format!("{}.html", path(key));
        list += &format!("<li><a href=\"{file}\"><code>{}</code></a></li>\n", escaped(key));
        folder.page(&format!("keys/{file}"), key, &format!("`{key}`"), &body(key, &components))?;
        count += 1;
    }
    list += "</ul>\n";
    folder.page("keys/index.html", "Keys", "Every setting that a release since 2.0 knows", &list)?;
    Ok(count)
}

fn body(key: &str, components: &[Component]) -> String {
    let mut html = String::new();
    let rules: Vec<_> = about(key).filter(|note| !note.silent).collect();
    if !rules.is_empty() {
        html += "<h2>What to know</h2>\n<ul class=\"list\">\n";
        html.extend(rules.into_iter().map(|note| rules::item(note, "../")));
        html += "</ul>\n";
    }
    for component in components {
        let eras: Vec<KeyEra> = catalog::history(*component, key).collect();
        html += &format!("<h2>{}: {}</h2>\n", component.name(), lives(&eras));
        for era in eras.iter().rev() {
            let definition = &era.definition;
            let deprecated = if definition.deprecated { ", <b class=\"warning\">deprecated</b>" } else { "" };
            html += &format!("<h3>{}{deprecated}</h3>\n<dl>\n", span(era.first, era.last));
            let sort = format!("{:?}", definition.value_type).to_lowercase();
            for (name, words) in [
                ("Default", default(definition)),
                ("Type", sort),
                ("Accepts", accepts(definition)),
                ("A running broker", update(definition).to_owned()),
            ] {
                if !words.is_empty() {
                    html += &format!("<dt>{name}</dt><dd>{}</dd>\n", escaped(&words));
                }
            }
            html += "</dl>\n";
        }
        html += &format!(
            "<p><a class=\"go\" href=\"../../index.html#/key/{}/{}\">Open it beside your files</a></p>\n",
            component.name(),
            escaped(key)
        );
    }
    html
}

fn lives(eras: &[KeyEra]) -> String {
    let (Some(first), Some(last)) = (eras.first(), eras.last()) else { return String::new() };
    let since = if first.first == catalog::facts_of(catalog::oldest()) {
        format!("in {} and before", first.first)
    } else {
        format!("from {}", first.first)
    };
    let until = if last.last == catalog::newest() {
        "to the newest release".to_owned()
    } else {
        format!("until {}", last.last)
    };
    format!("{since}, {until}")
}

fn span(first: Release, last: Release) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}
