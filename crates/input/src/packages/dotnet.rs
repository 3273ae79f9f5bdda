//! .NET: project files, central versions, `packages.config`.

use kafka_upgrade_catalog::Component;

use super::{Found, start_of};
use crate::tree::Scalar;
use crate::tree::xml::{self, Element};
use crate::{Document, Ecosystem, Encoding, Format};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "nuget",
    extensions: &["csproj", "fsproj", "vbproj"],
    names: &["Directory.Packages.props", "packages.config"],
    sniff,
    read,
};

fn sniff(_: &str, text: &str) -> u8 {
    let start = start_of(text);
    let xml = start.trim_start().starts_with('<');
    let signs = ["<PackageReference", "<PackageVersion", "Sdk=\"Microsoft.NET", "<packages>"];
    if xml && signs.iter().any(|sign| start.contains(sign)) { 95 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::NuGet);
    xml::read(text).iter().for_each(|element| learn(element, &mut found));
    found.done()
}

/// No deeper than elements are kept.
fn learn(element: &Element, found: &mut Found) {
    let attribute = |names: &[&str]| names.iter().find_map(|name| element.attribute(name));
    let package = match element.name.as_str() {
        "PackageReference" | "PackageVersion" => attribute(&["Include", "Update"]),
        "package" => attribute(&["id"]),
        _ => None,
    };
    if let Some(name) = package {
        let version: Option<&Scalar> =
            attribute(&["Version", "VersionOverride", "version"]).or_else(|| element.text_of("Version"));
        found.add_pair(name, version);
    }
    element.children.iter().for_each(|child| learn(child, found));
}
