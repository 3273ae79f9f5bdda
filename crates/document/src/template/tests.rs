use super::*;

#[test]
fn branches_are_found_in_each_language() {
    for (text, want) in [
        ("a\n{% if x %}b\n{% else %}c\n{% endif %}d", vec!["b\n{% else %}c\n"]),
        ("{{- if .X }}b{{ range .Y }}c{{ end }}{{ end }}d", vec!["b{{ range .Y }}c{{ end }}"]),
        ("a%{ for x in y }b%{ endfor }c%{ if x }d%{ endif }", vec!["b", "d"]),
        ("<% if @x -%>b<% end -%>c<%= @d %>", vec!["b"]),
        ("{{#if x}}b{{/if}}c", vec!["b"]),
        ("{% set a = 1 %}b", vec![]),
        ("{% if x %}b", vec!["b"]),
    ] {
        let found: Vec<_> = branches(text).into_iter().filter_map(|one| text.get(one)).collect();
        assert_eq!(found, want, "{text}");
    }
}

#[test]
fn tests_are_found_with_their_branches_in_each_language() {
    for (text, want) in [
        ("{% if v < 4 %}a{% elif v == 4 %}b{% else %}c{% endif %}", vec!["v < 4=a", "v == 4=b", "=c"]),
        ("{{- if lt .V 4 }}a{{ else if .X }}b{{- else }}c{{ end }}", vec!["lt .V 4=a", ".X=b", "=c"]),
        ("<% if @v == 4 -%>a<% else -%>b<% end -%>", vec!["@v == 4=a", "=b"]),
        ("%{ if v == 4 }a%{ else }b%{ endif }", vec!["v == 4=a", "=b"]),
        ("{% for x in y %}a{% endfor %}{% if x %}b{% endif %}", vec!["x=b"]),
        ("{{ range .X }}{{ if .Y }}a{{ end }}{{ else }}c{{ end }}", vec![".Y=a"]),
        ("{% if x %}never ended", vec![]),
    ] {
        let all = tests(text).into_iter().flatten();
        let found: Vec<_> =
            all.map(|one| format!("{}={}", one.test, text.get(one.range).unwrap_or_default())).collect();
        assert_eq!(found, want, "{text}");
    }
}

#[test]
fn placeholders_of_each_language_are_seen() {
    for value in [
        "{{ broker_id }}",
        "TB_KAFKA_ACKS",
        "PLAINTEXT://{{ host }}:9092",
        "{% if x %}1{% endif %}",
        "${ID}",
        "$ID",
        "x-$ID",
        "$(hostname)",
        "%ID%",
        "C:/%HOME%/x",
        "@broker.id@",
        "<%= @id %>",
        "<broker-id>",
        "<your broker id>",
        "{id}@{name}:{port}",
        "%{ if x }1%{ endif }",
        "#{Kafka.Id}",
        "__BROKER_ID__",
        "##BROKER_ID##",
        "${env:ID:-1}",
        "/$DATA/logs",
        "%d",
        "%s:9092",
        "#@ data.values.id",
    ] {
        assert!(has_placeholder(value), "{value}");
    }
}

#[test]
fn what_kafka_itself_writes_is_no_placeholder() {
    for value in [
        "",
        "1",
        "PLAINTEXT://:9092,CONTROLLER://k1:9093",
        "1@k1:9093,2@k2:9093",
        "org.apache.kafka.common.serialization.Serdes$StringSerde",
        "RULE:[1:$1@$0](.*@EXAMPLE.ORG)s/@.*//",
        "RULE:^CN=(.*?), OU=.*$/$1/L,DEFAULT",
        "orders.*$",
        "__consumer_offsets",
        "__transaction_state",
        r#"{"mechanism":"PLAIN"}"#,
        "[a-z]{2,3}",
        "100%",
        "50% of 80%",
        "100%safe",
        "user@example.org",
        "a<b",
        "User:CN=x;User:ANONYMOUS",
        "{}",
        "x\\$y",
        "a_b__c_d",
    ] {
        assert!(!has_placeholder(value), "{value}");
    }
}

#[test]
fn names_in_signs_that_yaml_refuses_are_tags_where_a_value_begins() {
    let masked = |text: &str| mask(text).text.into_owned();
    assert_eq!(masked("port: %HOST_PORT%\nx: @a.b@/c\n- %X%\n"), "port: xxxxxxxxxxx\nx: xxxxx/c\n- xxx\n");
    for text in ["share: 5%\n", "a: b@c@d\n", "a: '%X%'\n", "at: %d/%m\n", "user: @me\n"] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn a_template_keeps_its_length_and_lines() {
    let text = "# {{ managed }}\n{% if a == 1 %}\nk={{ v | default('x=y') }}\n{% else %}\nk=2\n{% endif %}\n<%= all %>\n";
    let masked = mask(text);
    assert_eq!(masked.text.len(), text.len());
    assert_eq!(masked.text.lines().count(), text.lines().count());
    assert!(masked.has_statements);
    let lines: Vec<_> = masked.text.lines().map(str::trim).collect();
    assert_eq!(lines, ["# xxxxxxxxxxxxx", "", "k=xxxxxxxxxxxxxxxxxxxxxxxx", "", "k=2", "", ""]);
}

#[test]
fn names_lose_what_only_templates_have() {
    assert_eq!(plain_name("a/server.properties.j2"), "a/server.properties");
    assert_eq!(plain_name("docker-compose.yml.tpl.ERB"), "docker-compose.yml");
    assert_eq!(plain_name("a/.j2"), "a/.j2");
    assert_eq!(plain_name("values.yaml"), "values.yaml");
}
