use std::fmt::Debug;

use super::*;

fn back<T: Serialize + DeserializeOwned + PartialEq + Debug>(message: &T) {
    let bytes = encode(message);
    assert_eq!(decode::<T>(&bytes).as_ref(), Ok(message));
    let cut = bytes.get(..bytes.len() - 1).unwrap_or_default();
    assert_ne!(decode::<T>(cut).as_ref(), Ok(message), "a byte less is as good");
}

#[test]
fn every_request_comes_out_as_it_went_in() {
    back(&Request::Check(Job {
        revision: 300,
        from: Some("3.4.1".into()),
        to: None,
        mode: Some(Mode::Kraft),
        platform: Some("strimzi".into()),
        have: vec!["java 11".into(), String::new()],
        changed: vec![File {
            path: "ü".into(),
            text: "a=1\n".into(),
            component: None,
            encoding: Encoding::Latin1,
        }],
        remove: vec!["b".into()],
    }));
    for question in [
        Question::Things("kafka 3.4".into()),
        Question::Convert("log4j".into()),
        Question::TakeAlong { ticked: vec!["a".into()], texts: vec!["b".into()] },
        Question::Keys { query: "x".into(), component: Some("broker".into()), limit: 100 },
        Question::Key { component: "broker".into(), name: "log.dirs".into() },
        Question::Changes { from: None, to: Some("4.0.0".into()) },
        Question::Rules(RuleQuery { kind: "gone".into(), ..RuleQuery::default() }),
        Question::Rule("a".into()),
    ] {
        back(&Request::Ask(u32::MAX, question));
    }
}

#[test]
fn every_reply_comes_out_as_it_went_in() {
    back(&Reply::Left { revision: 1, done: 127, left: 128 });
    back(&Reply::Facts(Facts { releases: vec![("4.0.0".into(), "new".into())], ..Facts::default() }));
    for answer in [
        Answer::Things(vec![Thing { text: "x".into(), label: "X".into(), problem: Some("why".into()) }]),
        Answer::Converted("a".into(), vec![(2, "b".into())]),
        Answer::TakeAlong { formats: Vec::new(), texts: vec!["b".into()], secrets: 2 },
        Answer::Keys { hits: vec![("broker".into(), "a".into())], all: 9 },
        Answer::Key(None),
        Answer::Changes(KeyChanges {
            from: "a".into(),
            to: "b".into(),
            rules: Vec::new(),
            components: Vec::new(),
        }),
        Answer::Rule(None),
        Answer::Rule(Some(Box::new(Rule { severity: Some(Severity::Info), ..Rule::default() }))),
    ] {
        back(&Reply::Answer(7, answer));
    }
}

#[test]
fn a_message_of_another_version_is_refused_by_its_number() {
    let mut bytes = encode(&Reply::Answer(1, Answer::Key(None)));
    if let Some(version) = bytes.first_mut() {
        *version += 1;
    }
    assert_eq!(decode::<Reply>(&bytes), Err(Error::Version(VERSION + 1)));
    assert_eq!(decode::<Request>(&[]), Err(Error::Broken));
}
