//! What changed and waits to be looked at: each place until nothing was told of it for a while.
//!
//! Pure bookkeeping over moments that it is given; asks no clock and no file.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::{Duration, Instant};

/// Places held by name; where more change at once, everything is looked at.
pub(super) const MOST: usize = 10_000;
/// Quiet periods after which what is quiet is looked at, though other places are not.
const LONGEST: u32 = 10;

/// What is to be looked at now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Due<P> {
    /// Everything: what changed was lost, or is too much.
    Whole,
    /// These places.
    Places(Vec<P>),
}

/// Places that changed, and when they were last told of.
#[derive(Debug)]
pub(super) struct Pending<P> {
    quiet: Duration,
    told: HashMap<P, Instant>,
    /// When the first and the last of what waits was told of.
    since: Option<(Instant, Instant)>,
    is_whole: bool,
}

impl<P: Eq + Hash + Ord> Pending<P> {
    pub fn new(quiet: Duration) -> Pending<P> {
        Pending { quiet, told: HashMap::new(), since: None, is_whole: false }
    }

    /// A place changed.
    pub fn note(&mut self, place: P, now: Instant) {
        if !self.is_whole {
            self.told.insert(place, now);
        }
        if self.told.len() > MOST {
            self.note_whole(now);
        }
        self.tick(now);
    }

    /// Something changed, and where is not known.
    pub fn note_whole(&mut self, now: Instant) {
        self.is_whole = true;
        self.told.clear();
        self.tick(now);
    }

    fn tick(&mut self, now: Instant) {
        self.since = Some((self.since.map_or(now, |(first, _)| first), now));
    }

    /// Whether nothing that waits is still changing, or it has waited long enough.
    pub fn is_quiet(&self, now: Instant) -> bool {
        self.since.is_none_or(|(first, last)| {
            now.duration_since(last) >= self.quiet || now.duration_since(first) >= self.quiet * LONGEST
        })
    }

    /// What is to be looked at, if it is time; it waits no longer then. What still changes waits on.
    pub fn due(&mut self, now: Instant) -> Option<Due<P>> {
        if self.since.is_none() || !self.is_quiet(now) {
            return None;
        }
        if self.is_whole {
            self.forget();
            return Some(Due::Whole);
        }
        let quiet = self.quiet;
        let is_still = |told: &Instant| now.duration_since(*told) >= quiet;
        let mut places: Vec<P> =
            self.told.extract_if(|_, told| is_still(told)).map(|(place, _)| place).collect();
        places.sort();
        self.since = self.told.values().max().map(|last| (now, *last));
        if places.is_empty() { None } else { Some(Due::Places(places)) }
    }

    /// Everything is being looked at.
    pub fn forget(&mut self) {
        self.told.clear();
        self.since = None;
        self.is_whole = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIET: Duration = Duration::from_secs(2);

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn a_place_waits_until_it_is_quiet_and_is_due_once() {
        let (start, mut pending) = (Instant::now(), Pending::new(QUIET));
        pending.note("a", start);
        pending.note("a", after(start, 1));
        assert_eq!(pending.due(after(start, 2)), None);
        assert_eq!(pending.due(after(start, 3)), Some(Due::Places(vec!["a"])));
        assert_eq!(pending.due(after(start, 9)), None);
    }

    #[test]
    fn what_is_still_written_does_not_hold_up_the_rest_for_ever() {
        let (start, mut pending) = (Instant::now(), Pending::new(QUIET));
        pending.note("still", start);
        for second in 0..25 {
            pending.note("growing", after(start, second));
            let due = pending.due(after(start, second));
            assert_eq!(due, (second == 20).then(|| Due::Places(vec!["still"])), "second {second}");
        }
        assert_eq!(pending.due(after(start, 26)), Some(Due::Places(vec!["growing"])));
    }

    #[test]
    fn too_much_or_a_loss_is_everything() {
        let (start, mut pending) = (Instant::now(), Pending::new(QUIET));
        for n in 0..=MOST {
            pending.note(n, start);
        }
        pending.note(0, after(start, 1));
        assert_eq!(pending.due(after(start, 2)), None);
        assert_eq!(pending.due(after(start, 3)), Some(Due::Whole));
        assert_eq!(pending.due(after(start, 9)), None);
        pending.note(1, after(start, 10));
        pending.note_whole(after(start, 10));
        assert_eq!(pending.due(after(start, 12)), Some(Due::Whole));
    }
}
