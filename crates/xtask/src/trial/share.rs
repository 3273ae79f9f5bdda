//! Shares of what was judged, with how sure a sample makes them.

use super::record::{Accepted, Verdict};

/// How many findings were judged, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    repositories: usize,
    all: usize,
    right: usize,
    wrong: usize,
    noise: usize,
    disputed: usize,
}

impl Tally {
    pub(super) fn of(accepted: &Accepted) -> Self {
        let mut tally = Self { repositories: accepted.repositories(), ..Self::default() };
        for (_, _, verdict) in accepted.all() {
            tally.all += 1;
            match verdict {
                Some(Verdict::True) => tally.right += 1,
                Some(Verdict::False) => tally.wrong += 1,
                Some(Verdict::Noise) => tally.noise += 1,
                Some(Verdict::Disputed) => tally.disputed += 1,
                None => {}
            }
        }
        tally
    }

    pub(super) fn sentence(self) -> String {
        let Self { repositories, all, right, wrong, noise, disputed } = self;
        let judged = right + wrong + noise + disputed;
        if judged == 0 {
            return format!("{all} errors and warnings in {repositories} repositories, none of them judged.");
        }
        // Noise is true, only of no use; what two looks disagree about counts as false.
        let is_true = right + noise;
        format!(
            "{all} errors and warnings in {repositories} repositories, {judged} of them judged: {right} true, \
             {wrong} false, {noise} noise, {disputed} disputed.\nTrue: {}, at least {} with 95 % confidence. \
             Noise: {}.",
            percent(is_true as f64 / judged as f64),
            percent(least(is_true, judged)),
            percent(noise as f64 / judged as f64),
        )
    }
}

/// The lower bound of Wilson's 95 % interval for a share of which `hits` of `all` were found.
fn least(hits: usize, all: usize) -> f64 {
    const Z: f64 = 1.959_964;
    let (hits, all) = (hits as f64, all as f64);
    let share = hits / all;
    let square = Z * Z / all;
    let spread = Z * ((share * (1.0 - share) + square / 4.0) / all).sqrt();
    ((share + square / 2.0 - spread) / (1.0 + square)).max(0.0)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_wilsons() {
        // Newcombe 1998, table I: 81 of 263, and 0 of 20.
        assert_eq!(percent(least(81, 263)), "25.5 %");
        assert_eq!(percent(least(0, 20)), "0.0 %");
        assert_eq!(percent(least(400, 400)), "99.0 %");
    }

    #[test]
    fn noise_counts_as_true_and_disputed_findings_do_not() {
        let tally = Tally { repositories: 2, all: 9, right: 2, wrong: 0, noise: 1, disputed: 1 };
        assert!(tally.sentence().contains("True: 75.0 %"), "{}", tally.sentence());
        assert!(tally.sentence().contains("Noise: 25.0 %"), "{}", tally.sentence());
    }
}
