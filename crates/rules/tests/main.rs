//! What changes between releases, and that a note or a reason speaks of each.

mod explained;
