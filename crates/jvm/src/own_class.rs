//! A class that the file itself declares.

use std::collections::HashMap;

use crate::types::Type;

/// A class of this file.
#[derive(Debug, Default)]
pub(crate) struct OwnClass<'a> {
    /// Empty for an anonymous one.
    pub(crate) name: &'a str,
    /// Its type variables.
    pub(crate) variables: Vec<&'a str>,
    /// What it extends and implements.
    pub(crate) supers: Vec<Type<'a>>,
    pub(crate) fields: HashMap<&'a str, Type<'a>>,
    /// What its methods return; unknown where overloads differ.
    pub(crate) methods: HashMap<&'a str, Type<'a>>,
    /// What each method takes; nothing where there are several of one name.
    pub(crate) takes: HashMap<&'a str, Vec<Type<'a>>>,
    pub(crate) is_record: bool,
    /// What each of its methods without a body takes: a lambda stands for the only one.
    pub(crate) open: Vec<Vec<Type<'a>>>,
}
