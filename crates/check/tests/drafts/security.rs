//! Who may talk to the controllers: SCRAM, certificates, authorizers and super users.

use kafka_upgrade_catalog::{self as catalog, Release};

use super::{BASE, BRIDGE, LISTENING, draft, plan, to_4_0, value, why};

#[test]
fn scram_is_not_for_controllers_and_the_draft_says_so() {
    let (_, text) = LISTENING.iter().find(|(name, _)| *name == "SCRAM with TLS").unwrap();
    let plan = plan(BRIDGE, Release::new(4, 0, 2), &format!("{BASE}{text}"));
    for step in ["migrate-provision-controllers", "migrate-brokers-to-kraft", "migrate-finish"] {
        let draft = draft(&plan, step);
        assert!(value(draft, "listener.security.protocol.map").unwrap().ends_with(",CONTROLLER:SSL"));
        assert!(draft.text.contains("SCRAM"), "{}", draft.text);
        assert_eq!(value(draft, "sasl.mechanism.controller.protocol"), None);
    }
}

#[test]
fn an_authorizer_that_cannot_be_kept_is_never_left_out() {
    let text = format!("{BASE}authorizer.class.name=kafka.security.authorizer.AclAuthorizer\n");
    let plan = plan(Release::new(2, 8, 2), catalog::newest(), &text);
    for draft in &plan.drafts {
        let class = value(draft, "authorizer.class.name");
        let kraft = draft.step != "migrate-switch-on";
        let want = if kraft {
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer"
        } else {
            "kafka.security.authorizer.AclAuthorizer"
        };
        assert_eq!(class.as_deref(), Some(want), "{}", draft.path);
    }
}

/// Brokers that log in to each other by SCRAM, under an authorizer.
const SCRAM: &str = "listeners=SASL_PLAINTEXT://:9092\nsecurity.inter.broker.protocol=SASL_PLAINTEXT\n\
    sasl.enabled.mechanisms=SCRAM-SHA-256\nsasl.mechanism.inter.broker.protocol=SCRAM-SHA-256\n\
    authorizer.class.name=kafka.security.authorizer.AclAuthorizer\nsuper.users=User:admin\n";

#[test]
fn an_authorizer_knows_who_comes_to_the_controllers() {
    let plain = "authorizer.class.name=kafka.security.authorizer.AclAuthorizer\n";
    let plan = to_4_0(&format!("{BASE}{SCRAM}"));
    assert_eq!(plan.drafts.len(), 8);
    for draft in &plan.drafts {
        let value = |key: &str| value(draft, key).unwrap_or_default();
        assert!(
            value("listener.security.protocol.map").ends_with(",CONTROLLER:SASL_PLAINTEXT"),
            "{}",
            draft.text
        );
        assert_eq!(value("sasl.mechanism.controller.protocol"), "PLAIN");
        assert_eq!(value("listener.name.controller.sasl.enabled.mechanisms"), "PLAIN");
        assert!(value("listener.name.controller.plain.sasl.jaas.config").contains("user_controller="));
        assert_eq!(value("super.users"), "User:admin;User:controller");
    }
    // Brokers that do not authenticate at all, as the authorizer sees them.
    for (users, protocol) in [
        ("", "SASL_PLAINTEXT"),
        ("super.users=User:ops\n", "SASL_PLAINTEXT"),
        ("super.users=User:ops;User:ANONYMOUS\n", "PLAINTEXT"),
    ] {
        let plan = to_4_0(&format!("{BASE}{plain}{users}"));
        let map = value(draft(&plan, "migrate-finish"), "listener.security.protocol.map").unwrap();
        assert!(map.ends_with(&format!(",CONTROLLER:{protocol}")), "{users}: {map}");
    }
    let open = to_4_0(BASE);
    let map = value(draft(&open, "migrate-finish"), "listener.security.protocol.map").unwrap();
    assert!(map.ends_with(",CONTROLLER:PLAINTEXT"), "{map}");
}

#[test]
fn controllers_ask_for_certificates_where_they_talk_tls() {
    let keys = "ssl.keystore.location=/k\nssl.keystore.password=p\n";
    let scram = SCRAM.replace("SASL_PLAINTEXT", "SASL_SSL");
    let tls = "listeners=SSL://:9092\nsecurity.inter.broker.protocol=SSL\n";
    for text in [format!("{BASE}{scram}{keys}"), format!("{BASE}{tls}{keys}")] {
        let plan = to_4_0(&text);
        for draft in &plan.drafts {
            let asks = value(draft, "listener.name.controller.ssl.client.auth");
            let controller = draft.path.ends_with("controller.properties");
            assert_eq!(asks.as_deref(), controller.then_some("required"), "{}", draft.path);
            assert!(value(draft, "listener.security.protocol.map").unwrap().ends_with(",CONTROLLER:SSL"));
        }
    }
}

#[test]
fn the_user_of_the_brokers_becomes_a_super_user() {
    let plain = "listeners=SASL_PLAINTEXT://:9092\nsecurity.inter.broker.protocol=SASL_PLAINTEXT\n\
        sasl.enabled.mechanisms=PLAIN\nsasl.mechanism.inter.broker.protocol=PLAIN\n\
        listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule \
        required username=\"b\" password=\"p\" user_b=\"p\";\n\
        authorizer.class.name=kafka.security.authorizer.AclAuthorizer\n";
    for (users, want) in [
        ("", "User:b"),
        ("super.users=User:a\n", "User:a;User:b"),
        ("super.users=User:b;User:a\n", "User:b;User:a"),
    ] {
        let plan = to_4_0(&format!("{BASE}{plain}{users}"));
        for draft in &plan.drafts {
            assert_eq!(value(draft, "super.users").as_deref(), Some(want), "{}", draft.path);
        }
    }
}

#[test]
fn a_controller_that_nobody_could_log_in_to_is_not_drafted_and_has_a_reason() {
    let kerberos = "listeners=SASL_PLAINTEXT://:9092\nsecurity.inter.broker.protocol=SASL_PLAINTEXT\n\
        sasl.kerberos.service.name=kafka\nauthorizer.class.name=kafka.security.authorizer.AclAuthorizer\n";
    let foreign = SCRAM.replace("kafka.security.authorizer.AclAuthorizer", "org.example.Gate");
    for (text, reason) in [(kerberos, "super.users is empty"), (foreign.as_str(), "org.example.Gate")] {
        let plan = to_4_0(&format!("{BASE}{text}"));
        assert!(plan.drafts.is_empty(), "{:#?}", plan.drafts);
        for step in ["migrate-provision-controllers", "migrate-switch-on", "migrate-finish"] {
            assert!(why(&plan, step).contains(reason), "{}", why(&plan, step));
        }
    }
    let users = to_4_0(&format!("{BASE}{kerberos}super.users=User:kafka\n"));
    assert_eq!(users.drafts.len(), 8);
}
