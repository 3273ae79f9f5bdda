//! Programs in Rust and JavaScript as names, signs and literals: so much as tells a text from its surroundings.
//!
//! What is *not* here: numbers apart from names, and any grammar.

/// A piece of a program.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Sign(char),
    /// A literal with its line, from 1; holes are `{}`.
    Text(String, usize),
}

/// The tokens of Rust code that is no test.
pub(super) fn code(text: &str) -> Vec<Token> {
    let all = lex(text, false);
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(token) = all.get(at) {
        let attribute = match all.get(at..) {
            Some([Token::Sign('#'), Token::Sign('['), ..]) => 1,
            Some([Token::Sign('#'), Token::Sign('!'), Token::Sign('['), ..]) => 2,
            _ => 0,
        };
        if attribute > 0 {
            let end = closed(&all, at + attribute);
            let is_test = all[at..end].windows(3).any(|three| {
                matches!(three, [Token::Name(cfg), Token::Sign('('), Token::Name(test)] if cfg == "cfg" && test == "test")
            });
            at = if is_test { after_item(&all, end) } else { end };
            continue;
        }
        tokens.push(token.clone());
        at += 1;
    }
    tokens
}

/// Behind what the bracket at `open` closes.
fn closed(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Sign('[' | '{' | '(') => depth += 1,
            Token::Sign(']' | '}' | ')') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// Behind the item that begins here.
fn after_item(tokens: &[Token], start: usize) -> usize {
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token {
            Token::Sign(';') => return at + 1,
            Token::Sign('{') => return closed(tokens, at),
            _ => {}
        }
    }
    tokens.len()
}

/// The tokens of a script.
pub(super) fn script(text: &str) -> Vec<Token> {
    lex(text, true)
}

fn lex(text: &str, script: bool) -> Vec<Token> {
    let signs: Vec<char> = text.chars().collect();
    let mut lexer = Lexer { signs: &signs, at: 0, line: 1, script, tokens: Vec::new() };
    lexer.run(None);
    lexer.tokens
}

struct Lexer<'a> {
    signs: &'a [char],
    at: usize,
    line: usize,
    script: bool,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn see(&self, ahead: usize) -> char {
        self.signs.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn take(&mut self) -> char {
        let sign = self.see(0);
        self.line += usize::from(sign == '\n');
        self.at += 1;
        sign
    }

    /// Up to the end, or up to the brace that closes the hole of a template.
    fn run(&mut self, until: Option<char>) {
        let mut depth = 0;
        while self.at < self.signs.len() {
            match (self.see(0), self.see(1)) {
                ('/', '/') => self.skip("\n"),
                ('/', '*') => self.skip("*/"),
                ('/', _) if self.script && self.may_be_pattern() => self.pattern(),
                ('"', _) => self.literal('"'),
                ('\'', _) if self.script => self.literal('\''),
                ('`', _) if self.script => self.template(),
                ('r', '"' | '#') if !self.script && self.is_raw() => self.raw(),
                ('b', '"') if !self.script => {
                    self.take();
                }
                ('\'', next) if !self.script => self.letter_or_lifetime(next),
                (sign, _) if sign.is_alphanumeric() || sign == '_' || sign == '$' => self.name(),
                (sign, _) => {
                    self.take();
                    depth += i32::from(sign == '{') - i32::from(sign == '}');
                    if depth < 0 && until == Some(sign) {
                        return;
                    }
                    if !sign.is_whitespace() {
                        self.tokens.push(Token::Sign(sign));
                    }
                }
            }
        }
    }

    fn skip(&mut self, end: &str) {
        let end: Vec<char> = end.chars().collect();
        self.take();
        while self.at < self.signs.len() && !self.signs[self.at..].starts_with(&end) {
            self.take();
        }
        self.at += end.len();
    }

    fn name(&mut self) {
        let mut name = String::new();
        while self.see(0).is_alphanumeric() || self.see(0) == '_' || self.see(0) == '$' {
            name.push(self.take());
        }
        self.tokens.push(Token::Name(name));
    }

    fn literal(&mut self, quote: char) {
        let line = self.line;
        self.take();
        let mut text = String::new();
        while self.at < self.signs.len() {
            match self.take() {
                sign if sign == quote => break,
                '\\' => text.push(match self.take() {
                    'n' => '\n',
                    't' => '\t',
                    other => other,
                }),
                sign => text.push(sign),
            }
        }
        self.push(text, line);
    }

    /// With what stands in holes left out.
    fn push(&mut self, text: String, line: usize) {
        let mut kept = String::new();
        let mut inside = false;
        for sign in text.chars() {
            if !inside || sign == '}' {
                kept.push(sign);
            }
            inside = sign == '{' || inside && sign != '}';
        }
        self.tokens.push(Token::Text(kept, line));
    }

    fn is_raw(&self) -> bool {
        let hashes = (1..).take_while(|ahead| self.see(*ahead) == '#').count();
        self.see(1 + hashes) == '"'
    }

    fn raw(&mut self) {
        let line = self.line;
        self.take();
        let mut end = String::from("\"");
        while self.take() == '#' {
            end.push('#');
        }
        let end: Vec<char> = end.chars().collect();
        let mut text = String::new();
        while self.at < self.signs.len() && !self.signs[self.at..].starts_with(&end) {
            text.push(self.take());
        }
        self.at += end.len();
        self.push(text, line);
    }

    fn letter_or_lifetime(&mut self, next: char) {
        self.take();
        if next == '\\' {
            self.take();
            self.take();
            self.skip("'");
        } else if self.see(1) == '\'' {
            self.take();
            self.take();
        }
    }

    fn template(&mut self) {
        let line = self.line;
        self.take();
        let mut text = String::new();
        while self.at < self.signs.len() {
            match (self.take(), self.see(0)) {
                ('`', _) => break,
                ('\\', _) => drop(self.take()),
                ('$', '{') => {
                    self.take();
                    self.run(Some('}'));
                    text.push_str("{}");
                }
                (sign, _) => text.push(sign),
            }
        }
        self.tokens.push(Token::Text(text, line));
    }

    /// Whether a slash begins a pattern: a division has a value before it.
    fn may_be_pattern(&self) -> bool {
        match self.tokens.last() {
            Some(Token::Name(name)) => name == "return",
            Some(Token::Sign(sign)) => !matches!(sign, ')' | ']' | '}'),
            Some(Token::Text(..)) => false,
            None => true,
        }
    }

    fn pattern(&mut self) {
        self.take();
        let mut class = false;
        while self.at < self.signs.len() {
            match self.take() {
                '\\' => drop(self.take()),
                '[' => class = true,
                ']' => class = false,
                '/' if !class => break,
                _ => {}
            }
        }
    }
}
