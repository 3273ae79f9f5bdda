//! The functions of a WebAssembly module in an order in which alike ones stand beside each other, for then they compress
//! better. Nothing else changes: each keeps its code, and whoever names one by its number names the same one.
//!
//! What is *not* here: modules with vectors, exceptions or garbage collection. Invariant: a module that is not understood
//! to its last byte is refused.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::bundle::leb;
use crate::single::attribute;

/// How many signs of its code stand for a function when it is compared.
const SKETCH: usize = 128;
/// How many bytes in a row are compared.
const GRAM: usize = 4;

/// Orders the functions of both modules of the site in `dist`.
pub fn order_modules(dist: &Path) -> Result<()> {
    let index = fs::read_to_string(dist.join("index.html"))?;
    for name in ["data-wasm", "data-core"] {
        let file = dist.join(attribute(&index, name).with_context(|| format!("the site names no {name}"))?);
        let ordered = order(&fs::read(&file)?).with_context(|| format!("{name} is not understood"))?;
        fs::write(file, ordered)?;
    }
    Ok(())
}

/// The module with its functions in that order, without their names.
pub fn order(module: &[u8]) -> Result<Vec<u8>> {
    let sections = sections(module)?;
    let one = |id: u8| sections.iter().find(|(known, _)| *known == id).map(|(_, body)| *body);
    let imported = one(2).map_or(Ok(0), imported)?;
    let code = entries(one(10).context("no code")?)?;
    let types = numbers(one(3).context("no functions")?)?;
    ensure!(types.len() == code.len(), "functions and their types differ in number");
    let chain = chain(&code);
    // By the number of before the one of after.
    let mut number: Vec<usize> = (0..imported + code.len()).collect();
    for (after, before) in chain.iter().enumerate() {
        *number.get_mut(imported + before).context("a function")? = imported + after;
    }
    let mut ordered = module.get(..8).context("no header")?.to_vec();
    for (id, body) in &sections {
        let mut reader = Reader { bytes: body, at: 0, out: Vec::new(), number: &number };
        match id {
            // Names of functions, which the page does not have.
            0 if body.starts_with(b"\x04name") => continue,
            3 => {
                reader.write(types.len());
                for before in &chain {
                    reader.write(*types.get(*before).context("a type")?);
                }
            }
            6 => reader.globals()?,
            7 => reader.exports()?,
            8 => reader.function()?,
            9 => reader.elements()?,
            10 => {
                reader.write(code.len());
                for before in &chain {
                    let mut one = Reader {
                        bytes: code.get(*before).context("a function")?,
                        at: 0,
                        out: Vec::new(),
                        number: &number,
                    };
                    one.body()?;
                    reader.write(one.out.len());
                    reader.out.extend(one.out);
                }
            }
            _ => reader.out.extend(*body),
        }
        ensure!(!matches!(id, 6..=9) || reader.at == body.len(), "section {id} was not read to its end");
        ordered.push(*id);
        leb(&mut ordered, reader.out.len());
        ordered.extend(reader.out);
    }
    Ok(ordered)
}

/// Each section's id and body.
fn sections(module: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let mut found = Vec::new();
    let mut at = 8;
    while let Some(id) = module.get(at) {
        at += 1;
        let length = number(module, &mut at)?;
        found.push((*id, module.get(at..at + length).context("a section is cut")?));
        at += length;
    }
    Ok(found)
}

fn number(bytes: &[u8], at: &mut usize) -> Result<usize> {
    crate::bundle::number(bytes, at).context("a number is cut")
}

/// How many functions are imported.
fn imported(body: &[u8]) -> Result<usize> {
    let (mut at, mut functions) = (0, 0);
    for _ in 0..number(body, &mut at)? {
        for _ in 0..2 {
            at += number(body, &mut at)?;
        }
        let kind = body.get(at).context("an import is cut")?;
        at += 1;
        ensure!(*kind == 0, "something else than a function is imported");
        number(body, &mut at)?;
        functions += 1;
    }
    Ok(functions)
}

fn numbers(body: &[u8]) -> Result<Vec<usize>> {
    let mut at = 0;
    (0..number(body, &mut at)?).map(|_| number(body, &mut at)).collect()
}

/// The bodies of the functions.
fn entries(body: &[u8]) -> Result<Vec<&[u8]>> {
    let mut at = 0;
    let mut found = Vec::new();
    for _ in 0..number(body, &mut at)? {
        let length = number(body, &mut at)?;
        found.push(body.get(at..at + length).context("a function is cut")?);
        at += length;
    }
    Ok(found)
}

/// The functions, each behind the one that it is most alike; they begin with the longest.
fn chain(code: &[&[u8]]) -> Vec<usize> {
    let sketches: Vec<[u32; SKETCH]> = code.iter().map(|body| sketch(body)).collect();
    let lengths: Vec<f32> = code.iter().map(|body| (body.len() as f32).log2()).collect();
    let mut left: Vec<usize> = (0..code.len()).collect();
    let mut chain = Vec::with_capacity(code.len());
    let Some(mut here) = (0..code.len()).max_by_key(|at| code.get(*at).map(|body| body.len())) else {
        return chain;
    };
    loop {
        chain.push(here);
        left.retain(|at| *at != here);
        let alike = |at: &usize| {
            let (one, other) = (sketches.get(here)?, sketches.get(*at)?);
            let same = one.iter().zip(other).filter(|(one, other)| one == other && **one != u32::MAX).count();
            Some(same as f32 - 4.0 * (lengths.get(here)? - lengths.get(*at)?).abs())
        };
        let mut best = None;
        for at in &left {
            let alike = alike(at).unwrap_or(f32::MIN);
            if best.is_none_or(|(most, _)| alike > most) {
                best = Some((alike, *at));
            }
        }
        match best {
            Some((_, next)) => here = next,
            None => return chain,
        }
    }
}

/// Of the hashes of all [`GRAM`] bytes in a row the least of each of [`SKETCH`] kinds: what two sketches share, they share
/// in code.
fn sketch(body: &[u8]) -> [u32; SKETCH] {
    let mut least = [u32::MAX; SKETCH];
    for gram in body.windows(GRAM) {
        let mut hash =
            gram.iter().fold(0_u32, |hash, byte| hash.wrapping_mul(0x0100_0193) ^ u32::from(*byte));
        hash = (hash ^ (hash >> 15)).wrapping_mul(0x85eb_ca6b);
        hash ^= hash >> 13;
        if let Some(one) = least.get_mut(hash as usize % SKETCH) {
            *one = (*one).min(hash / SKETCH as u32);
        }
    }
    least
}

/// Copies what it reads, with functions by their numbers of after.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    out: Vec<u8>,
    number: &'a [usize],
}

impl Reader<'_> {
    fn byte(&mut self) -> Result<u8> {
        let byte = *self.bytes.get(self.at).context("cut")?;
        self.at += 1;
        self.out.push(byte);
        Ok(byte)
    }

    fn skip(&mut self, bytes: usize) -> Result<()> {
        (0..bytes).try_for_each(|_| self.byte().map(drop))
    }

    /// A number, signed or not, as it stands.
    fn copy(&mut self) -> Result<usize> {
        let mut at = self.at;
        let value = number(self.bytes, &mut at)?;
        self.skip(at - self.at)?;
        Ok(value)
    }

    fn write(&mut self, number: usize) {
        leb(&mut self.out, number);
    }

    fn function(&mut self) -> Result<()> {
        let before = number(self.bytes, &mut self.at)?;
        let after = *self.number.get(before).context("a function that is not there")?;
        self.write(after);
        Ok(())
    }

    fn exports(&mut self) -> Result<()> {
        for _ in 0..self.copy()? {
            let name = self.copy()?;
            self.skip(name)?;
            if self.byte()? == 0 {
                self.function()?;
            } else {
                self.copy()?;
            }
        }
        Ok(())
    }

    fn globals(&mut self) -> Result<()> {
        for _ in 0..self.copy()? {
            self.skip(2)?;
            self.code()?;
        }
        Ok(())
    }

    fn elements(&mut self) -> Result<()> {
        for _ in 0..self.copy()? {
            let kind = self.copy()?;
            if [2, 6].contains(&kind) {
                self.copy()?;
            }
            if kind % 2 == 0 {
                self.code()?;
            }
            if kind % 4 != 0 {
                self.skip(1)?;
            }
            for _ in 0..self.copy()? {
                if kind < 4 { self.function()? } else { self.code()? }
            }
        }
        Ok(())
    }

    fn body(&mut self) -> Result<()> {
        for _ in 0..self.copy()? {
            self.copy()?;
            self.skip(1)?;
        }
        self.code()?;
        ensure!(self.at == self.bytes.len(), "a function goes on behind its end");
        Ok(())
    }

    /// Instructions up to the end that closes no block.
    fn code(&mut self) -> Result<()> {
        let mut depth = 0;
        loop {
            match self.byte()? {
                0x02..=0x04 => {
                    depth += 1;
                    self.copy()?;
                }
                0x0b if depth == 0 => return Ok(()),
                0x0b => depth -= 1,
                0x10 | 0x12 | 0xd2 => self.function()?,
                0x0e | 0x1c => {
                    let table = self.bytes.get(self.at - 1) == Some(&0x0e);
                    for _ in 0..self.copy()? + usize::from(table) {
                        self.copy()?;
                    }
                }
                0x0c | 0x0d | 0x20..=0x26 | 0x3f..=0x42 | 0xd0 => drop(self.copy()?),
                0x11 | 0x13 => {
                    self.copy()?;
                    self.copy()?;
                }
                0x28..=0x3e => {
                    let align = self.copy()?;
                    ensure!(align < 64, "a memory other than the first");
                    self.copy()?;
                }
                0x43 => self.skip(4)?,
                0x44 => self.skip(8)?,
                0xfc => match self.copy()? {
                    0..=7 => {}
                    8 | 10 | 12 | 14 => {
                        self.copy()?;
                        self.copy()?;
                    }
                    9 | 11 | 13 | 15..=17 => drop(self.copy()?),
                    other => bail!("the instruction fc {other:x} is not known"),
                },
                0x00 | 0x01 | 0x05 | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
                other => bail!("the instruction {other:x} is not known"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: u8, body: &[u8]) -> Vec<u8> {
        [&[id, u8::try_from(body.len()).unwrap()], body].concat()
    }

    /// Functions of no type, each with its length.
    fn module(functions: &[&[u8]]) -> Vec<u8> {
        let count = u8::try_from(functions.len()).unwrap();
        let mut code = vec![count];
        for function in functions {
            code.push(u8::try_from(function.len()).unwrap());
            code.extend(*function);
        }
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, b"\x01\x60\0\0"),
            section(2, b"\x01\x01m\x01f\0\0"),
            section(3, &[&[count][..], &vec![0; functions.len()]].concat()),
            section(4, b"\x01\x70\0\x02"),
            section(7, b"\x01\x01a\0\x01"),
            section(9, b"\x01\0\x41\0\x0b\x02\x02\0"),
            section(10, &code),
            section(0, b"\x04name\x01\x01\0"),
        ]
        .concat()
    }

    #[test]
    fn each_function_is_called_exported_and_listed_by_its_new_number() {
        // Number 0 is imported. What 1 is calls 3 and the imported one; 2 is the longest, and comes first.
        let calls = b"\0\x10\x03\x10\0\x0b";
        let long = b"\0\x41\x07\x1a\x41\x07\x1a\x41\x07\x1a\x41\x07\x1a\x0b";
        let alike = b"\0\x41\x07\x1a\x41\x07\x1a\x41\x07\x1a\x0b";
        let ordered = order(&module(&[calls, long, alike])).unwrap();
        let sections = sections(&ordered).unwrap();
        let body = |id: u8| sections.iter().find(|(known, _)| *known == id).map(|(_, body)| *body);
        let code = entries(body(10).unwrap()).unwrap();
        assert_eq!(code, [&long[..], alike, b"\0\x10\x02\x10\0\x0b"]);
        assert_eq!(body(7), Some(&b"\x01\x01a\0\x03"[..]));
        assert_eq!(body(9), Some(&b"\x01\0\x41\0\x0b\x02\x01\0"[..]));
        assert_eq!(body(0), None);
    }

    #[test]
    fn a_module_with_an_instruction_that_is_not_known_is_refused() {
        assert!(order(&module(&[b"\0\xfd\x0c\x0b"])).is_err());
        assert!(order(&module(&[b"\0\x0b\x01"])).is_err());
        assert!(order(b"\0asm\x01\0\0\0").is_err());
    }
}
