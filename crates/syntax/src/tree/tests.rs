use super::{Node, Scalar, Tree, json, toml, xml, yaml};

/// A tree as one line: scalars with what stands at their place.
fn show(node: &Node, text: &str) -> String {
    let scalar = |scalar: &Scalar| {
        let written = scalar.span.of(text);
        if written == scalar.text { scalar.text.clone() } else { format!("{}~{written}", scalar.text) }
    };
    match node {
        Node::Scalar(value) => scalar(value),
        Node::List(items) => {
            let items: Vec<_> = items.iter().map(|item| show(item, text)).collect();
            format!("[{}]", items.join(", "))
        }
        Node::Map(entries) => {
            let entry = |(key, value): &(Scalar, Node)| format!("{}: {}", scalar(key), show(value, text));
            let entries: Vec<_> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

fn roots(tree: &Tree, text: &str) -> String {
    let roots: Vec<_> = tree.roots.iter().map(|root| show(root, text)).collect();
    roots.join(" | ")
}

/// The tree, and the text behind the place of its fault.
fn with_fault(tree: &Tree, text: &str) -> (String, Option<String>) {
    let fault = tree.problem.as_ref().map(|problem| text.split_at(problem.span.start as usize).1.to_owned());
    (roots(tree, text), fault)
}

#[test]
fn json_keeps_what_is_written_and_where() {
    let text = "\u{feff}{\"ä\": \"b\\n\", // x\n \"c\": [1, true, null,], \"d\": {}} [2]";
    let tree = json::read(text);
    assert_eq!(roots(&tree, text), "{ä: b\n~b\\n, c: [1, true, null], d: {}} | [2]");
    assert!(tree.problem.is_none());
}

#[test]
fn broken_json_is_read_up_to_its_fault() {
    for (text, want, fault) in [
        ("{\"a\": 1 \"b\": 2}", "{a: 1}", "\"b\": 2}"),
        ("{\"a\": {\"b\": 1}", "{a: {b: 1}}", ""),
        ("{\"a\" 1}", "{a: ~}", "1}"),
        ("{\"a\": 1]", "{a: 1}", "]"),
        ("[1, }", "[1]", "}"),
        ("{\"a\": \"b", "{a: ~}", "\"b"),
        ("}", "", "}"),
    ] {
        let tree = json::read(text);
        let (read, at) = with_fault(&tree, text);
        assert_eq!(
            (read.replace("{a: }", "{a: ~}"), at.as_deref()),
            (want.to_owned(), Some(fault)),
            "{text}"
        );
    }
}

#[test]
fn yaml_keeps_what_is_written_and_where_in_each_document() {
    let text = "ä: 'it''s'\nb:\n- \"x\\ty\"\n- *z\n---\nblock: |\n  one=1\n  two=2\nplain: a b # c\n";
    let tree = yaml::read(text);
    let want = "{ä: it's~it''s, b: [x\ty~x\\ty]} | {block: one=1\ntwo=2\n~  one=1\n  two=2\n, plain: a b}";
    assert_eq!(with_fault(&tree, text).0, want);
}

#[test]
fn a_fault_in_one_document_leaves_the_next() {
    let text = "a: [1\n---\nb: 2\n";
    let tree = yaml::read(text);
    assert_eq!(roots(&tree, text), "{a: [1]} | {b: 2}");
    assert!(tree.problem.is_some());
}

#[test]
fn aliases_are_what_they_stand_for_and_merged_keys_count_less_than_own_ones() {
    let text = "x: &env\n  A: 1\n  B: 2\ny:\n  <<: *env\n  B: 3\n";
    let tree = yaml::read(text);
    assert_eq!(roots(&tree, text), "{x: {A: 1, B: 2}, y: {A: 1, B: 2, B: 3}}");
    let of_y = tree.roots[0].at(&["y", "B"]).and_then(Node::text);
    assert_eq!(of_y, Some("3"));
}

#[test]
fn what_is_left_out_for_its_size_is_reported_where_it_begins() {
    let keys: String = (0..100).map(|at| format!("  k{at}: v\n")).collect();
    let uses: String = (0..120).map(|at| format!("u{at}:\n  <<: *env\n")).collect();
    let text = format!("x: &env\n{keys}{uses}");
    let problem = yaml::read(&text).problem.expect("a problem");
    assert!(!problem.fatal && problem.span.of(&text) == "*env", "{problem:?}");
    assert!(problem.message.contains("10000"), "{}", problem.message);
    let deep = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    for read in [yaml::read, json::read] {
        assert!(read(&deep(64)).problem.is_none());
        let problem = read(&deep(65)).problem.expect("a problem");
        assert_eq!((problem.fatal, problem.span.start), (false, 64), "{}", problem.message);
    }
}

#[test]
fn flow_style_is_unfolded_for_a_look_at_its_lines() {
    let lines = |text: &str| {
        let unfolded = yaml::unfolded(text);
        let lines = unfolded.lines().map(str::trim_end).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        lines("a: {b: \"x: {y}, z\", \"c\": [1, {d: e}]}\nf: g"),
        "a:\n b: x: {y}, z\n c:\n  1\n   d: e\nf: g"
    );
    assert_eq!(lines("{\"a\": {\"b\": 1}}"), "a:\n b: 1");
    assert_eq!(lines("a:\n  b: {c: d,\n e: f}\n"), "a:\n  b:\n   c: d\n   e: f");
    assert_eq!(lines("image: {{ .Values.image }}\n"), "image: {{ .Values.image }}");
    let deep = yaml::unfolded(&"{".repeat(10_000)).len();
    assert!(deep < 1_000_000, "{deep}");
}

#[test]
fn templates_in_yaml_are_placeholders() {
    let text = "{{- if .Values.ä }}\nimage: {{ .Values.image }}\ntag: \"{{ .t }}-x\"\n{{- end }}\n";
    let tree = yaml::read(text);
    let tag = tree.roots[0].get("tag").and_then(Node::scalar).expect("a scalar");
    assert_eq!((tag.text.as_str(), tag.span.of(text)), ("{{ .t }}-x", "{{ .t }}-x"));
    assert!(tree.problem.is_none());
}

#[test]
fn lines_that_a_template_leaves_blank_end_no_block() {
    let text = "server.properties: |-\n  {{- range $key, $value := .Values.configuration }}\n  {{ $key }}={{ $value }}\n  {{- end }}\nnext: 1\n";
    let tree = yaml::read(text);
    assert!(tree.problem.is_none(), "{:?}", tree.problem);
    let block = tree.roots[0].get("server.properties").and_then(Node::scalar).expect("a scalar");
    assert!(block.text.contains("{{ $key }}={{ $value }}"), "{}", block.text);
    assert_eq!(tree.roots[0].get("next").and_then(Node::text), Some("1"));
}

#[test]
fn what_is_blank_to_the_parser_is_still_a_placeholder() {
    // What is printed below `annotations` is no YAML as a word.
    let text = "log.dir: {{ .Values.dir }}\nannotations:\n  {{ toYaml .Values.all }}: b\n   c: d\n";
    let tree = yaml::read(text);
    let dir = tree.roots[0].get("log.dir").and_then(Node::scalar).expect("a scalar");
    assert_eq!((dir.text.as_str(), dir.span.of(text)), ("{{ .Values.dir }}", "{{ .Values.dir }}"));
}

#[test]
fn templates_in_json_are_placeholders_with_and_without_quotes() {
    let text =
        "{\"name\": {{ .Values.regex | quote }}, \"x\": \"x-{{ .Values.max }}\",\n \"last\": {{ .l }}\n}";
    let tree = json::read(text);
    assert!(tree.problem.is_none(), "{:?}", tree.problem);
    assert_eq!(
        roots(&tree, text),
        "{name: {{ .Values.regex | quote }}, x: x-{{ .Values.max }}, last: {{ .l }}}"
    );
}

#[test]
fn toml_keeps_places_and_goes_on_behind_a_fault() {
    let text = "[a]\nb = \"1.0\"\nc = { version = '2', x = [1, true] }\n[[p]]\nname = \"x\"\nz = = 2\n[[p]]\nname = \"y\"\n";
    let tree = toml::read(text);
    assert_eq!(
        roots(&tree, text).replace(", z: ", ""),
        "{a: {b: 1.0, c: {version: 2, x: [1, true]}}, p: [{name: x}, {name: y}]}"
    );
    let line = tree.problem.map(|problem| text.split_at(problem.span.start as usize).0.lines().count());
    assert_eq!(line, Some(6));
}

#[test]
fn xml_keeps_elements_without_a_root_and_places_of_texts() {
    let text = "<!-- <no/> --><a x=\"1&amp;2\"> v&lt;<![CDATA[w]]> <b/>later</a><c>\n 3.4 </c><d><e>open";
    let elements = xml::read(text);
    let names: Vec<_> = elements.iter().map(|element| element.name.as_str()).collect();
    assert_eq!(names, ["a", "c", "d"]);
    let text_of =
        |at: usize| elements[at].text.as_ref().map(|scalar| (scalar.text.as_str(), scalar.span.of(text)));
    assert_eq!(text_of(0).map(|(value, _)| value), Some("v<w"));
    assert_eq!(text_of(1), Some(("3.4", "3.4")));
    let attribute = elements[0].attribute("x").expect("an attribute");
    assert_eq!((attribute.text.as_str(), attribute.span.of(text)), ("1&2", "1&amp;2"));
    assert_eq!(elements[0].name_span.of(text), "a");
    assert_eq!(elements[2].text_of("e").map(|scalar| scalar.text.as_str()), Some("open"));
    assert!(elements[0].child("b").is_some());
}

#[test]
fn endless_nesting_and_exploding_aliases_are_left_out() {
    for open in ["[", "{\"a\":", "- ", "a: {", "<a>", "x = [", "[[a.", "{", "&a [", "? "] {
        let text = open.repeat(100_000);
        for tree in [json::read(&text), yaml::read(&text), toml::read(&text)] {
            assert!(tree.roots.len() <= text.len());
        }
        assert!(xml::read(&text).len() <= 1);
    }
    let laughs =
        (1..30).map(|at| format!("a{at}: &a{at} [*a{0}, *a{0}, *a{0}]\n", at - 1)).collect::<String>();
    let text = format!("a0: &a0 [x, x]\n{laughs}");
    let shown = roots(&yaml::read(&text), &text);
    assert!(shown.len() < 1_000_000, "{}", shown.len());
}

#[test]
fn the_place_of_a_yaml_scalar_ends_before_the_comment_behind_it() {
    let text = "a: \"b\\\"c\" # d\ne: 'f''g'   # h\ni: j  # k\nl: \"m\"  \n\"n\" : [\"o\" , 'p' ]\n";
    let tree = yaml::read(text);
    assert_eq!(roots(&tree, text), "{a: b\"c~b\\\"c, e: f'g~f''g, i: j, l: m, n: [o, p]}");
}

#[test]
fn a_yaml_bracket_may_close_at_the_indentation_of_the_line_that_opens_it() {
    let text = "a:\n  b: [\n    \"c\", \"d\"\n  ]\n  e: {\n    f: g\r\n  }\n  h: i\n";
    let tree = yaml::read(text);
    assert_eq!(with_fault(&tree, text), ("{a: {b: [c, d], e: {f: g}, h: i}}".to_owned(), None));
    // What stands in a block is no bracket.
    let block = "a: |\n  [\n  ]\nb: c\n";
    assert_eq!(roots(&yaml::read(block), block), "{a: [\n]\n~  [\n  ]\n, b: c}");
    let comment = "a:\n  b: [\n    c # d\n  ]\n  e: f\n";
    assert_eq!(with_fault(&yaml::read(comment), comment), ("{a: {b: [c], e: f}}".to_owned(), None));
    let many = "a:\n  b: [\n  ]\n".repeat(20_000);
    assert!(yaml::read(&many).roots.len() <= 1);
}

#[test]
fn a_quoted_value_may_go_on_as_far_out_as_its_key() {
    for text in [
        "a:\n  b: \"one,\n  two\"\n  c: 3\n",
        "a:\n  b: 'one,\n\n\ntwo'\n  c: 3\n",
        "a:\r\n  b: \"one\r\n  two\"\r\n  c: 3\r\n",
        "a:\n  b: \"one \\\" two\n  three\"\n  c: 3\n",
        "a:\n  b: 'it''s\n  mine'\n  c: 3\n",
    ] {
        let tree = yaml::read(text);
        assert!(tree.problem.is_none(), "{text:?}: {:?}", tree.problem);
        let c = tree.roots.first().and_then(|root| root.at(&["a", "c"])).and_then(Node::scalar);
        assert_eq!(c.map(|c| (c.text.as_str(), c.span.of(text))), Some(("3", "3")), "{text:?}");
    }
    // One that nothing ends stays a fault.
    for text in ["a:\n  b: \"one,\n  two\n  c: 3\n", "a: 'b\nc: d\n"] {
        assert!(yaml::read(text).problem.is_some(), "{text:?}");
    }
}

#[test]
fn expressions_of_ytt_are_what_is_written() {
    let text = "#@ load(\"@ytt:data\", \"data\")\na: #@ str(data.values.id)\nb:\n- #@ data.values.x\nc: d #@ a comment\n";
    let tree = yaml::read(text);
    assert_eq!(roots(&tree, text), "{a: #@ str(data.values.id), b: [#@ data.values.x], c: d}");
}

#[test]
fn a_folded_block_of_a_template_is_what_is_written() {
    let text = "a: >\n  {{ b }}/c\n  --d {{ e | f }}\n\n  g\nh: 1\n";
    let tree = yaml::read(text);
    let a = tree.roots.first().and_then(|root| root.get("a")).and_then(Node::text);
    assert_eq!(a, Some("{{ b }}/c --d {{ e | f }}\ng\n"));
}
