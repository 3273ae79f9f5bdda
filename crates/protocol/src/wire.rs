//! Postcard's format, with one difference: a field that serde leaves out of JSON is written as what it is read as.
//!
//! The report leaves out fields that are `None` or an empty list (`skip_serializing_if`); postcard has no names, so a
//! reader would take the next field for them. Both are one zero byte in postcard, which is what is written here.

use std::fmt;

use serde::ser::{self, Serialize};

/// Why a message cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// It is of that version.
    Version(u32),
    /// It is no message of the type that was expected.
    Broken,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => write!(f, "the message is of version {version}"),
            Self::Broken => f.write_str("the message is damaged"),
        }
    }
}

impl std::error::Error for Error {}

impl ser::Error for Error {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Broken
    }
}

pub(crate) fn write<T: Serialize>(version: u32, message: &T) -> Vec<u8> {
    let mut out = Writer(Vec::new());
    out.number(u64::from(version));
    // Only lists of unknown length and maps can fail, and no message contains any; a test checks each of them.
    let _ = message.serialize(&mut out);
    out.0
}

struct Writer(Vec<u8>);

impl Writer {
    /// Seven bits a byte, the lowest first.
    fn number(&mut self, mut number: u64) {
        while number > 0x7f {
            self.0.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63).cast_unsigned());
    }
}

type Done = Result<(), Error>;

macro_rules! numbers {
    ($how:ident as $wide:ty: $($name:ident $type:ty),*) => {
        $(fn $name(self, value: $type) -> Done { self.$how(<$wide>::from(value)); Ok(()) })*
    };
}

/// Variants with several fields: the index, then the fields.
macro_rules! variants {
    ($($name:ident),*) => {
        $(fn $name(self, _: &'static str, index: u32, _: &'static str, _: usize) -> Result<Self, Error> {
            self.number(u64::from(index));
            Ok(self)
        })*
    };
}

impl ser::Serializer for &mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = ser::Impossible<(), Error>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    numbers!(number as u64: serialize_u16 u16, serialize_u32 u32, serialize_u64 u64);
    numbers!(signed as i64: serialize_i16 i16, serialize_i32 i32, serialize_i64 i64);
    variants!(serialize_tuple_variant, serialize_struct_variant);

    fn serialize_bool(self, value: bool) -> Done {
        self.serialize_u8(u8::from(value))
    }

    fn serialize_u8(self, value: u8) -> Done {
        self.0.push(value);
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Done {
        self.serialize_u8(value.cast_unsigned())
    }

    fn serialize_f32(self, value: f32) -> Done {
        self.0.extend(value.to_le_bytes());
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Done {
        self.0.extend(value.to_le_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Done {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Done {
        self.serialize_bytes(value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        self.number(value.len() as u64);
        self.0.extend(value);
        Ok(())
    }

    fn serialize_none(self) -> Done {
        self.serialize_u8(0)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        self.0.push(1);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Done {
        self.serialize_u32(index)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Done {
        self.number(u64::from(index));
        value.serialize(self)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self, Error> {
        self.number(length.ok_or(Error::Broken)? as u64);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Error> {
        Err(Error::Broken)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

macro_rules! sequence {
    ($($trait:ident $method:ident),*) => {
        $(impl ser::$trait for &mut Writer {
            type Ok = ();
            type Error = Error;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Done { value.serialize(&mut **self) }
            fn end(self) -> Done { Ok(()) }
        })*
    };
}

sequence!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

macro_rules! named {
    ($($trait:ident),*) => {
        $(impl ser::$trait for &mut Writer {
            type Ok = ();
            type Error = Error;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Done {
                value.serialize(&mut **self)
            }
            fn skip_field(&mut self, _: &'static str) -> Done {
                self.0.push(0);
                Ok(())
            }
            fn end(self) -> Done { Ok(()) }
        })*
    };
}

named!(SerializeStruct, SerializeStructVariant);
