//! The functions of a WebAssembly module in an order in which alike ones stand beside each other, for then they compress
//! better. Nothing else changes: each keeps its code, and whoever names one by its number names the same one.
//!
//! What is *not* here: how a module is written (`wasmparser`, `wasm-encoder`). Invariant: one that they do not understand is
//! refused.

use anyhow::{Context, Result, anyhow, ensure};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, FunctionSectionReader, Imports, KnownCustom, Parser, Payload,
    TypeRef,
};

/// How many signs of its code stand for a function when it is compared.
const SKETCH: usize = 128;
/// How many bytes in a row are compared.
const GRAM: usize = 4;

/// The module with its functions in that order, without their names.
pub fn order(module: &[u8]) -> Result<Vec<u8>> {
    let mut order = Order::of(module)?;
    let mut ordered = Module::new();
    let read = order.parse_core_module(&mut ordered, Parser::new(0), module);
    read.map_err(|why| anyhow!("{why}"))?;
    Ok(ordered.finish())
}

/// An order of the functions of a module.
struct Order {
    /// The old places among the functions that the module has itself, in the new order.
    chain: Vec<usize>,
    /// The new number of each function by its old one, imported ones first.
    number: Vec<u32>,
}

impl Order {
    fn of(module: &[u8]) -> Result<Self> {
        let (mut imported, mut code) = (0, Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for one in imports {
                        ensure!(
                            matches!(one?, Imports::Single(_, one) if matches!(one.ty, TypeRef::Func(_))),
                            "something else than a function is imported"
                        );
                        imported += 1;
                    }
                }
                Payload::CodeSectionEntry(body) => code.push(body.as_bytes()),
                _ => {}
            }
        }
        ensure!(!code.is_empty(), "no code");
        let chain = chain(&code);
        let mut number: Vec<u32> = (0..u32::try_from(imported + code.len())?).collect();
        for (after, before) in chain.iter().enumerate() {
            *number.get_mut(imported + before).context("a function")? = u32::try_from(imported + after)?;
        }
        Ok(Self { chain, number })
    }

    /// Items of all functions in the new order.
    fn sorted<T>(&self, mut items: Vec<Option<T>>) -> impl Iterator<Item = T> {
        self.chain.iter().filter_map(move |before| items.get_mut(*before)?.take())
    }
}

impl Reencode for Order {
    type Error = &'static str;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<&'static str>> {
        let number = usize::try_from(function).ok().and_then(|at| self.number.get(at));
        number.copied().ok_or(Error::UserError("a function that is not there"))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<&'static str>> {
        let types = section.into_iter().map(|one| one.map(Some)).collect::<Result<Vec<_>, _>>()?;
        for one in self.sorted(types) {
            functions.function(one);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<&'static str>> {
        let bodies = section.into_iter().map(|one| one.map(Some)).collect::<Result<Vec<_>, _>>()?;
        let bodies: Vec<_> = self.sorted(bodies).collect();
        bodies.into_iter().try_for_each(|body| self.parse_function_body(code, body))
    }

    /// Names of functions, which the page does not have, are left out.
    fn parse_custom_section(
        &mut self,
        module: &mut Module,
        section: CustomSectionReader<'_>,
    ) -> Result<(), Error<&'static str>> {
        if !matches!(section.as_known(), KnownCustom::Name(_)) {
            module.section(&self.custom_section(section)?);
        }
        Ok(())
    }
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
        let called = b"\0\x10\x02\x10\0\x0b";
        let code = [&b"\x03\x0e"[..], long, b"\x0b", alike, b"\x06", called].concat();
        let want = [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, b"\x01\x60\0\0"),
            section(2, b"\x01\x01m\x01f\0\0"),
            section(3, b"\x03\0\0\0"),
            section(4, b"\x01\x70\0\x02"),
            section(7, b"\x01\x01a\0\x03"),
            section(9, b"\x01\0\x41\0\x0b\x02\x01\0"),
            section(10, &code),
        ];
        assert_eq!(ordered, want.concat());
    }

    #[test]
    fn a_module_with_an_instruction_that_is_not_known_is_refused() {
        assert!(order(&module(&[b"\0\xfd\x0c\x0b"])).is_err());
        assert!(order(&module(&[b"\0\x0b\x01"])).is_err());
        assert!(order(b"\0asm\x01\0\0\0").is_err());
    }
}
