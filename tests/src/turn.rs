//! Whose turn it is: two browsers may run side by side, as one waits half of its time; more slow each other into failures.
//!
//! Invariant: a browser that is to be alone has no other beside it, neither before nor after it has begun.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many browsers may run at a time.
const PLACES: usize = 2;

/// Places that are free, and how many wait for all of them.
struct Free {
    places: usize,
    waiting_alone: usize,
}

static FREE: Mutex<Free> = Mutex::new(Free { places: PLACES, waiting_alone: 0 });
static FREED: Condvar = Condvar::new();

/// A turn, until it is dropped.
pub(crate) struct Turn(usize);

impl Turn {
    /// Waits for a place beside another browser.
    pub(crate) fn beside() -> Self {
        let free = FREED.wait_while(lock(), |free| free.places == 0 || free.waiting_alone > 0);
        free.unwrap_or_else(PoisonError::into_inner).places -= 1;
        Self(1)
    }

    /// Waits until no other browser runs, and keeps others from starting: for what measures time or counts on having it.
    pub(crate) fn alone() -> Self {
        let mut free = lock();
        free.waiting_alone += 1;
        let free = FREED.wait_while(free, |free| free.places < PLACES);
        let mut free = free.unwrap_or_else(PoisonError::into_inner);
        free.waiting_alone -= 1;
        free.places = 0;
        Self(PLACES)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        lock().places += self.0;
        FREED.notify_all();
    }
}

fn lock() -> MutexGuard<'static, Free> {
    FREE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn two_run_side_by_side_and_one_that_is_alone_has_nobody_beside_it() {
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for at in 0..24 {
                let (running, most) = (&running, &most);
                scope.spawn(move || {
                    let alone = at % 4 == 0;
                    let turn = if alone { Turn::alone() } else { Turn::beside() };
                    let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                    assert!(now <= if alone { 1 } else { PLACES }, "{now} at once");
                    most.fetch_max(now, Ordering::SeqCst);
                    std::thread::yield_now();
                    assert!(!alone || running.load(Ordering::SeqCst) == 1, "somebody came in between");
                    running.fetch_sub(1, Ordering::SeqCst);
                    drop(turn);
                });
            }
        });
        assert_eq!(running.into_inner(), 0);
        assert!(most.into_inner() <= PLACES);
    }
}
