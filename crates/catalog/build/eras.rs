//! Folding what each release says into eras: a value with the first and last release in which it holds.

/// A value that holds from release `first` to release `last`, both indices of the releases with facts.
pub(crate) struct Era<T> {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) value: T,
}

/// The eras of a value, given for each release in order; `None` where a release does not have it.
pub(crate) fn eras<T: PartialEq + Clone>(values: impl IntoIterator<Item = Option<T>>) -> Vec<Era<T>> {
    let mut eras: Vec<Era<T>> = Vec::new();
    for (at, value) in values.into_iter().enumerate() {
        let Some(value) = value else { continue };
        match eras.last_mut() {
            Some(era) if era.last + 1 == at && era.value == value => era.last = at,
            _ => eras.push(Era { first: at, last: at, value }),
        }
    }
    eras
}
