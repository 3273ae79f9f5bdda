//! MBeans that an agent of jmxtrans sends on: `<query objectName="kafka.server:type=…" attribute="Count"/>`.
//!
//! What is *not* here: where it sends them, and MBeans of others.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_syntax::tree::xml::{self, Element};

use crate::metric_names as names;
use crate::{Document, Encoding, Format, Kind, Usage};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "jmxtrans", extensions: &[], names: &[], sniff, read };

fn sniff(_: &str, text: &str) -> u8 {
    let is_xml = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    if is_xml && text.contains("<query") && text.contains("objectName=\"kafka.") { 90 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::Metrics, ..Document::default() };
    xml::read(text).iter().for_each(|root| queries(root, text, &mut document));
    document
}

/// Queries, which are no deeper than trees are kept.
fn queries(element: &Element, text: &str, document: &mut Document) {
    if element.name == "query"
        && let Some(bean) = element.attribute("objectName").filter(|bean| bean.text.starts_with("kafka."))
    {
        let attribute = element.attribute("attribute").filter(|one| names::is_attribute(&one.text));
        let attributes: Vec<_> = attribute.map(|one| (one.text.clone(), one.span)).into_iter().collect();
        let found = names::beans(bean.span.of(text), bean.span.start, &attributes);
        document.usages.extend(found.into_iter().map(Usage::from));
    }
    element.children.iter().for_each(|child| queries(child, text, document));
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn queries_name_the_metrics_of_kafka_that_are_sent_on() {
        let text = "<jmxtrans-agent><queries>\n<query objectName=\"java.lang:type=Memory\" attribute=\"Heap\"/>\n<query objectName=\"kafka.server:type=FetcherLagMetrics,name=ConsumerLag,clientId=*\" attribute=\"Value\"/>\n</queries></jmxtrans-agent>\n";
        let document = read("jmxtrans.xml", text, None);
        assert_eq!(document.kind, Kind::Metrics);
        let found: Vec<_> = document.usages.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("kafka.server:type=FetcherLagMetrics,name=ConsumerLag"), "{found:?}");
        let other = text.replace("kafka.server", "acme.server");
        assert_eq!(read("jmxtrans.xml", &other, None).kind, Kind::Unknown);
    }
}
