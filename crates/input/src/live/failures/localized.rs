//! What javac says in Chinese and Japanese, in English: it speaks the language of the machine.
//!
//! What is *not* here: German, which javac has from Java 21 on, and what other compilers say. Invariant: a line without such
//! words stays as it is.

use std::borrow::Cow;

/// Words that stand for each other everywhere in a line.
const WORDS: &[(&str, &str)] = &[
    ("错误: ", "error: "),
    ("找不到符号", "cannot find symbol"),
    ("符号: ", "symbol: "),
    ("位置: ", "location: "),
    (" 类 ", " class "),
    (" 方法 ", " method "),
    (" 变量 ", " variable "),
    (" 接口 ", " interface "),
    (" 程序包 ", " package "),
    ("エラー: ", "error: "),
    ("シンボルを見つけられません", "cannot find symbol"),
    ("シンボル: ", "symbol: "),
    ("場所: ", "location: "),
    (" クラス ", " class "),
    (" メソッド ", " method "),
    (" 変数 ", " variable "),
    (" インタフェース ", " interface "),
    (" パッケージ ", " package "),
];

/// `程序包kafka.zk不存在` and `类型为String的变量 s`: what stands between two words, and where it goes in English.
const AROUND: &[(&str, &str, &str, &str)] = &[
    ("程序包", "不存在", "package ", " does not exist"),
    ("パッケージ", "は存在しません", "package ", " does not exist"),
];
const TYPED: &[(&str, &str)] = &[("类型为", "的变量 "), ("タイプ", "の変数 ")];

/// A line in English.
pub(super) fn english(line: &str) -> Cow<'_, str> {
    // Each of javac's lines has a word before a colon.
    let is_one = |line: &str| WORDS.iter().any(|(word, _)| word.ends_with(": ") && line.contains(word));
    if line.is_ascii() || !is_one(line) {
        return Cow::Borrowed(line);
    }
    let mut text = line.to_owned();
    for (before, behind, english_before, english_behind) in AROUND {
        let found = text.split_once(before).and_then(|(above, rest)| {
            let (name, below) = rest.split_once(behind)?;
            Some(format!("{above}{english_before}{name}{english_behind}{below}"))
        });
        text = found.unwrap_or(text);
    }
    for (before, behind) in TYPED {
        let found = text.split_once(before).and_then(|(above, rest)| {
            let (class, name) = rest.split_once(behind)?;
            Some(format!("{above}variable {name} of type {class}"))
        });
        text = found.unwrap_or(text);
    }
    for (word, english) in WORDS {
        if text.contains(word) {
            text = text.replace(word, english);
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn javac_of_java_17_is_read_in_its_languages() {
        for (line, want) in [
            (
                "Ours.java:2: 错误: 程序包kafka.consumer不存在",
                "Ours.java:2: error: package kafka.consumer does not exist",
            ),
            ("Ours.java:3: 错误: 找不到符号", "Ours.java:3: error: cannot find symbol"),
            ("  符号:   类 Producer", "  symbol:   class Producer"),
            ("  符号:   方法 foo()", "  symbol:   method foo()"),
            ("  位置: 类型为String的变量 s", "  location: variable s of type String"),
            ("  位置: 类 Ours", "  location: class Ours"),
            (
                "Ours.java:1: エラー: パッケージorg.apache.kafka.clientsは存在しません",
                "Ours.java:1: error: package org.apache.kafka.clients does not exist",
            ),
            ("  シンボル:   メソッド foo()", "  symbol:   method foo()"),
            ("  場所: タイプStringの変数 s", "  location: variable s of type String"),
            ("  symbol:   class Producer", "  symbol:   class Producer"),
            ("订单 kafka 类 x", "订单 kafka 类 x"),
        ] {
            assert_eq!(english(line), want);
        }
    }
}
