//! The forms in which a file uses a class or a member.
//!
//! Each function returns the forms of one kind of thing, always in the same order. A form that no compiler takes (a
//! `new` of an abstract class) costs nothing: the recorder drops what does not compile at the release it comes from.
//! What is *not* here: which classes and members (`cases`).

use super::api::{Api, Kind, Member};
use super::source::{Names, Source, boxed, split, value};

/// Name of the form and the file's text.
pub type Form = (&'static str, String);

const HEAD: &str = "public class Orders";

/// Parameters of our own method that passes them on, and their names.
fn declared(source: &mut Source, parameters: &[String]) -> (Vec<String>, String) {
    let mut declared = Vec::new();
    let mut names = Vec::new();
    for (at, class) in parameters.iter().enumerate() {
        declared.push(format!("{} a{at}", source.name(class)));
        names.push(format!("a{at}"));
    }
    (declared, names.join(", "))
}

fn values(source: &mut Source, parameters: &[String]) -> String {
    parameters.iter().map(|class| value(source, class)).collect::<Vec<_>>().join(", ")
}

/// Forms of a member of the class.
#[must_use]
pub fn of_member(api: &Api, class: &str, member: &Member) -> Vec<Form> {
    let mut forms = match (member.kind, member.is_static) {
        (Kind::Method, false) => of_method(api, class, member),
        (Kind::Method, true) => of_static(class, member),
        (Kind::New, _) => of_constructor(class, member),
        (Kind::Field, true) => of_constant(class, member),
        (Kind::Field, false) => of_field(class, member),
    };
    if member.is_protected {
        forms.retain(|(name, _)| ["inherited", "override", "same name", "super", "anonymous"].contains(name));
    }
    forms
}

fn of_method(api: &Api, class: &str, member: &Member) -> Vec<Form> {
    let name = &member.name;
    let mut forms = Vec::new();
    for (form, names) in
        [("parameter", Names::Single), ("wildcard", Names::Wildcard), ("qualified", Names::Qualified)]
    {
        let mut source = Source::new(names);
        let (mut parameters, given) = declared(&mut source, &member.parameters);
        parameters.insert(0, format!("{} it", source.name(class)));
        source.line(&format!("    void run({}) throws Exception {{", parameters.join(", ")));
        source.line(&format!("        it.{name}({given});\n    }}"));
        forms.push((form, source.text(HEAD)));
    }
    // `%` stands for the class, `#` for the call.
    let shapes: [(&'static str, &str); 8] = [
        ("field", "    private % it;\n\n    void run() throws Exception {\n        it.#;\n    }"),
        (
            "this",
            "    private final % it = null;\n\n    void run() throws Exception {\n        this.it.#;\n    }",
        ),
        (
            "local",
            "    void run(Object given) throws Exception {\n        % it = (%) given;\n        it.#;\n    }",
        ),
        ("var", "    void run(% given) throws Exception {\n        var it = given;\n        it.#;\n    }"),
        (
            "returned",
            "    % current() {\n        return null;\n    }\n\n    void run() throws Exception {\n        current().#;\n    }",
        ),
        ("cast", "    void run(Object it) throws Exception {\n        ((%) it).#;\n    }"),
        (
            "lambda",
            "    interface Use {\n        void with(% it) throws Exception;\n    }\n\n    Use use = it -> it.#;",
        ),
        (
            "loop",
            "    void run(java.util.List<%> all) throws Exception {\n        for (% it : all) {\n            it.#;\n        }\n    }",
        ),
    ];
    for (form, shape) in shapes {
        let mut source = Source::new(Names::Single);
        let given = values(&mut source, &member.parameters);
        let it = source.name(class);
        source.line(&shape.replace('%', &it).replace('#', &format!("{name}({given})")));
        forms.push((form, source.text(HEAD)));
    }
    if let Some(reference) = reference(class, member, "it", &format!("it::{name}")) {
        forms.push(("reference", reference));
    }
    forms.extend(in_subclass(api, class, member));
    forms
}

fn reference(class: &str, member: &Member, receiver: &str, text: &str) -> Option<String> {
    let mut source = Source::new(Names::Single);
    let it = source.name(class);
    let parameters: Vec<String> = member.parameters.iter().map(|one| source.name(one)).collect();
    let kind = match &parameters[..] {
        [] if member.kind == Kind::New => format!("java.util.function.Supplier<{it}>"),
        [] => "Runnable".to_owned(),
        [one] if member.kind == Kind::New => format!("java.util.function.Function<{}, {it}>", boxed(one)),
        [one] => format!("java.util.function.Consumer<{}>", boxed(one)),
        _ => return None,
    };
    let parameter = if receiver.is_empty() { String::new() } else { format!("{it} it") };
    let text = text.replace('%', &it);
    source.line(&format!("    {kind} use({parameter}) {{\n        return {text};\n    }}"));
    Some(source.text(HEAD))
}

/// A method called in, and redefined by, a subclass.
fn in_subclass(api: &Api, class: &str, member: &Member) -> Vec<Form> {
    let mut forms = Vec::new();
    for form in ["inherited", "override", "same name"] {
        let mut source = Source::new(Names::Single);
        let (parameters, given) = declared(&mut source, &member.parameters);
        let (parameters, name) = (parameters.join(", "), &member.name);
        let head = head(api, class, &mut source);
        if form == "inherited" {
            source.line(&format!("    void run({parameters}) throws Exception {{"));
            source.line(&format!("        {name}({given});\n    }}"));
        } else {
            if form == "override" {
                source.line("    @Override");
            }
            let access = if member.is_protected { "protected" } else { "public" };
            let returned = source.name(&member.returns);
            source.line(&format!("    {access} {returned} {name}({parameters}) {{"));
            source.line("        throw new UnsupportedOperationException();\n    }");
        }
        forms.push((form, source.text(&head)));
    }
    forms
}

/// Opens a subclass, with a constructor where the class has none without parameters.
fn head(api: &Api, class: &str, source: &mut Source) -> String {
    let it = source.name(class);
    let facts = api.classes.get(class);
    let is = |kind: &str| facts.is_some_and(|facts| facts.kind == kind);
    if is("interface") {
        return format!("public abstract class Orders implements {it}");
    }
    let constructors: Vec<&Member> =
        facts.iter().flat_map(|facts| &facts.members).filter(|one| one.kind == Kind::New).collect();
    if !constructors.iter().any(|one| one.parameters.is_empty())
        && let Some(first) = constructors.first()
    {
        let given = values(source, &first.parameters);
        source.line(&format!("    Orders() {{\n        super({given});\n    }}\n"));
    }
    format!("public abstract class Orders extends {it}")
}

fn of_static(class: &str, member: &Member) -> Vec<Form> {
    let name = &member.name;
    let mut forms = Vec::new();
    for (form, names) in [
        ("static", Names::Single),
        ("static wildcard", Names::Wildcard),
        ("static qualified", Names::Qualified),
    ] {
        let mut source = Source::new(names);
        let (parameters, given) = declared(&mut source, &member.parameters);
        let it = source.name(class);
        source.line(&format!("    void run({}) throws Exception {{", parameters.join(", ")));
        source.line(&format!("        {it}.{name}({given});\n    }}"));
        forms.push((form, source.text(HEAD)));
    }
    let full = class.replace('$', ".");
    for (form, import) in
        [("static import", format!("{full}.{name}")), ("static wildcard import", format!("{full}.*"))]
    {
        let mut source = Source::new(Names::Single);
        source.static_import(&import);
        let given = values(&mut source, &member.parameters);
        source.line(&format!("    void run() throws Exception {{\n        {name}({given});\n    }}"));
        forms.push((form, source.text(HEAD)));
    }
    if let Some(reference) = reference(class, member, "", &format!("%::{name}")) {
        forms.push(("static reference", reference));
    }
    forms
}

fn of_constructor(class: &str, member: &Member) -> Vec<Form> {
    let mut forms = Vec::new();
    for (form, names) in
        [("new", Names::Single), ("new wildcard", Names::Wildcard), ("new qualified", Names::Qualified)]
    {
        let mut source = Source::new(names);
        let (parameters, given) = declared(&mut source, &member.parameters);
        let it = source.name(class);
        source.line(&format!("    {it} make({}) throws Exception {{", parameters.join(", ")));
        source.line(&format!("        return new {it}({given});\n    }}"));
        forms.push((form, source.text(HEAD)));
    }
    for (form, shape) in [
        ("new var", "        var it = new %(#);"),
        ("new argument", "        java.util.Objects.requireNonNull(new %(#));"),
        ("anonymous", "        Object it = new %(#) {\n        };"),
    ] {
        let mut source = Source::new(Names::Single);
        let given = values(&mut source, &member.parameters);
        let it = source.name(class);
        source.line("    void run() throws Exception {");
        source.line(&shape.replace('%', &it).replace('#', &given));
        source.line("    }");
        forms.push((form, source.text(HEAD)));
    }
    let mut source = Source::new(Names::Single);
    let given = values(&mut source, &member.parameters);
    let it = source.name(class);
    source.line(&format!("    Orders() throws Exception {{\n        super({given});\n    }}"));
    forms.push(("super", source.text(&format!("public abstract class Orders extends {it}"))));
    if let Some(reference) = reference(class, member, "", "%::new") {
        forms.push(("new reference", reference));
    }
    forms
}

fn of_constant(class: &str, member: &Member) -> Vec<Form> {
    let (name, full) = (&member.name, class.replace('$', "."));
    let mut forms = Vec::new();
    for (form, names) in [
        ("constant", Names::Single),
        ("constant wildcard", Names::Wildcard),
        ("constant qualified", Names::Qualified),
    ] {
        let mut source = Source::new(names);
        let (returned, it) = (source.name(&member.returns), source.name(class));
        source.line(&format!("    static final {returned} MINE = {it}.{name};"));
        forms.push((form, source.text(HEAD)));
    }
    let mut source = Source::new(Names::Single);
    let it = source.name(class);
    source.line("    void run(java.util.Map<Object, Object> settings) {");
    source.line(&format!("        settings.put({it}.{name}, \"orders\");\n    }}"));
    forms.push(("constant in a map", source.text(HEAD)));
    for (form, import) in [
        ("constant static import", format!("{full}.{name}")),
        ("constant static wildcard import", format!("{full}.*")),
    ] {
        let mut source = Source::new(Names::Single);
        source.static_import(&import);
        source.line(&format!("    Object run() {{\n        return {name};\n    }}"));
        forms.push((form, source.text(HEAD)));
    }
    if member.returns == class {
        let mut source = Source::new(Names::Single);
        let it = source.name(class);
        source.line(&format!("    int run({it} it) {{\n        switch (it) {{"));
        source.line(&format!("            case {name}:\n                return 1;"));
        source.line("            default:\n                return 0;\n        }\n    }");
        forms.push(("case label", source.text(HEAD)));
    }
    forms
}

fn of_field(class: &str, member: &Member) -> Vec<Form> {
    let mut source = Source::new(Names::Single);
    let it = source.name(class);
    source.line(&format!("    Object run({it} it) {{\n        return it.{};\n    }}", member.name));
    vec![("read", source.text(HEAD))]
}

/// Forms of a class as such.
#[must_use]
pub fn of_class(api: &Api, class: &str) -> Vec<Form> {
    let mut forms = Vec::new();
    for (form, names) in
        [("class", Names::Single), ("class wildcard", Names::Wildcard), ("class qualified", Names::Qualified)]
    {
        let mut source = Source::new(names);
        let it = source.name(class);
        source.line(&format!("    private {it} it;\n\n    {it} run({it} given) {{"));
        source.line(&format!("        {it} local = given;\n        return local;\n    }}"));
        forms.push((form, source.text(HEAD)));
    }
    for (form, shape) in [
        ("class import only", ""),
        ("class argument", "    java.util.List<%> all = new java.util.ArrayList<>();"),
        ("class literal", "    Class<?> it = %.class;"),
        ("class cast", "    Object run(Object given) {\n        return (%) given;\n    }"),
        ("class instanceof", "    boolean run(Object given) {\n        return given instanceof %;\n    }"),
        (
            "class catch",
            "    void run(Runnable given) {\n        try {\n            given.run();\n        } catch (% refused) {\n            throw refused;\n        }\n    }",
        ),
        ("class throws", "    void run() throws % {\n    }"),
    ] {
        let mut source = Source::new(Names::Single);
        let it = source.name(class);
        source.line(&shape.replace('%', &it));
        forms.push((form, source.text(HEAD)));
    }
    let mut source = Source::new(Names::Single);
    let head = head(api, class, &mut source);
    forms.push(("class extended", source.text(&head)));
    let members = api.classes.get(class).map_or(&[][..], |facts| &facts.members[..]);
    let first = |wanted: fn(&Member) -> bool| members.iter().find(|one| !one.is_protected && wanted(one));
    if let Some(member) = first(|one| one.kind == Kind::New) {
        let mut source = Source::new(Names::Single);
        let given = values(&mut source, &member.parameters);
        let it = source.name(class);
        source.line(&format!("    Object it = new {it}({given});"));
        forms.push(("class new", source.text(HEAD)));
    }
    if let Some(member) = first(|one| one.kind == Kind::Method && one.is_static) {
        let mut source = Source::new(Names::Single);
        let given = values(&mut source, &member.parameters);
        let it = source.name(class);
        source.line("    void run() throws Exception {");
        source.line(&format!("        {it}.{}({given});\n    }}", member.name));
        forms.push(("class static call", source.text(HEAD)));
    }
    if let Some(member) = first(|one| one.kind == Kind::Field && one.is_static) {
        let mut source = Source::new(Names::Single);
        source.static_import(&format!("{}.{}", class.replace('$', "."), member.name));
        source.line(&format!("    Object it = {};", member.name));
        forms.push(("class static import", source.text(HEAD)));
    }
    if let Some(member) = first(|one| one.kind == Kind::Method && !one.is_static && one.parameters.is_empty())
    {
        let mut source = Source::new(Names::Single);
        let it = source.name(class);
        source.line(&format!(
            "    void run({it} it) throws Exception {{\n        it.{}();\n    }}",
            member.name
        ));
        forms.push(("class call", source.text(HEAD)));
    }
    forms
}

/// How near two names are: the package that they share, then the class.
#[must_use]
pub fn same_package(one: &str, other: &str) -> bool {
    split(one).0 == split(other).0
}
