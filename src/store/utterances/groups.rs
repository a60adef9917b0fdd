//! Finding each wording's fullest: the rule of [`crate::resolve::utterances`], applied where something
//! changed.
//!
//! Wordings are looked at from the fullest to the shortest, and what one of them becomes can only matter to
//! shorter ones. So the wordings to be looked at again wait in that order, and each is looked at once: when
//! its turn comes, all that it depends on is settled.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::Connection;

use super::corrections;
use super::nodes::{Node, Nodes};
use super::traces::{Traces, is_enough};
use crate::resolve::utterances::Joined;

const UPDATE_FULLEST: &str = "
    UPDATE wordings SET fullest_id = ?2, rule = ?3, similarity = ?4 WHERE id = ?1";

/// The rule of a wording that a person put there.
const BY_HAND: &str = "correction";

/// What a wording was before it was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Was {
    New,
    Fullest,
    Member(i64),
}

/// The groups while they are settled.
pub(super) struct Groups<'c> {
    connection: &'c Connection,
    pub nodes: Nodes<'c>,
    traces: Traces<'c>,
    new: BTreeSet<i64>,
    redated: BTreeSet<i64>,
    waiting: BTreeMap<(Reverse<i64>, [u8; 16]), i64>,
    /// Wordings whose fullest one is another than before.
    pub moved: BTreeSet<i64>,
    /// Fullest wordings of before that are so no more, and who may take their place, the first first.
    pub unseated: Vec<(i64, Vec<i64>)>,
    /// Wordings that became the fullest of an utterance.
    pub seated: BTreeSet<i64>,
    /// Fullest wordings, now or before, whose utterance lost a wording.
    pub left: BTreeSet<i64>,
}

impl<'c> Groups<'c> {
    pub fn new(connection: &'c Connection) -> Groups<'c> {
        Groups {
            connection,
            nodes: Nodes::new(connection),
            traces: Traces::new(connection),
            new: BTreeSet::new(),
            redated: BTreeSet::new(),
            waiting: BTreeMap::new(),
            moved: BTreeSet::new(),
            unseated: Vec::new(),
            seated: BTreeSet::new(),
            left: BTreeSet::new(),
        }
    }

    /// Takes out wordings that no quote has any more. Their quotes went to `successors`.
    pub fn remove(
        &mut self,
        gone: &BTreeSet<i64>,
        successors: &BTreeMap<i64, BTreeSet<i64>>,
    ) -> rusqlite::Result<()> {
        for &id in gone {
            let node = self.nodes.get(id)?;
            self.traces.remove(id, &node.traces())?;
            if node.fullest.is_none() {
                let heirs = self.heirs(id, gone, successors)?;
                self.unseated.push((id, heirs));
            }
        }
        for &id in gone {
            self.left.extend(self.nodes.get(id)?.fullest);
            self.write(id, None)?;
        }
        Ok(())
    }

    /// Who may take the place of a fullest wording that goes: where its quotes went, the wordings that it
    /// leaves, and where the quotes of those went that go with it.
    fn heirs(
        &mut self,
        id: i64,
        gone: &BTreeSet<i64>,
        successors: &BTreeMap<i64, BTreeSet<i64>>,
    ) -> rusqlite::Result<Vec<i64>> {
        let went = |id: i64| successors.get(&id).into_iter().flatten().copied();
        let members = self.nodes.members(id)?;
        let (going, staying): (Vec<i64>, Vec<i64>) = members.into_iter().partition(|id| gone.contains(id));
        let mut heirs = self.in_order(went(id))?;
        for &member in &staying {
            let member = self.nodes.get(member)?;
            self.wait(&member);
        }
        heirs.extend(self.in_order(staying.into_iter())?);
        heirs.extend(self.in_order(going.into_iter().flat_map(went))?);
        Ok(heirs)
    }

    fn in_order(&mut self, ids: impl Iterator<Item = i64>) -> rusqlite::Result<Vec<i64>> {
        let mut nodes = ids.map(|id| self.nodes.get(id)).collect::<rusqlite::Result<Vec<Node>>>()?;
        nodes.sort_by_key(Node::order);
        Ok(nodes.iter().map(|node| node.id).collect())
    }

    /// Puts in wordings that were not there before.
    pub fn add(&mut self, new: &BTreeMap<i64, Vec<i64>>) -> rusqlite::Result<()> {
        let mut traces = Vec::new();
        for (&id, of_wording) in new {
            let node = self.nodes.get(id)?;
            traces.extend(of_wording.iter().map(|&trace| (trace, id)));
            self.new.insert(id);
            self.wait(&node);
        }
        self.traces.insert(traces)
    }

    /// Has wordings looked at again that were published on other days than before.
    pub fn redate(&mut self, redated: &BTreeSet<i64>) -> rusqlite::Result<()> {
        for &id in redated.iter() {
            let node = self.nodes.get(id)?;
            self.wait(&node);
            if !self.new.contains(&id) {
                self.redated.insert(id);
            }
        }
        Ok(())
    }

    /// Settles all that the changes can reach.
    pub fn settle(&mut self) -> rusqlite::Result<()> {
        self.shift()?;
        while let Some((_, id)) = self.waiting.pop_first() {
            let node = self.nodes.get(id)?;
            // Those that a person placed come last: they decide nothing.
            if !(node.is_alone && node.fullest.is_some()) {
                self.look(&node)?;
            }
        }
        for id in corrections::pinned(self.connection)? {
            self.place(id)?;
        }
        Ok(())
    }

    fn wait(&mut self, node: &Node) {
        self.waiting.insert(node.order(), node.id);
    }

    /// Has those looked at whom a trace no longer leads to their fullest wording, or now leads further.
    fn shift(&mut self) -> rusqlite::Result<()> {
        let shift = self.traces.shift()?;
        for id in shift.gained.iter().flat_map(|found| found.iter()) {
            let node = self.nodes.get(*id)?;
            self.wait(&node);
        }
        for (_, found) in &shift.lost {
            for &id in found.iter() {
                let node = self.nodes.get(id)?;
                let Some(fullest) = node.fullest.filter(|_| !self.new.contains(&id)) else { continue };
                let fullest = self.nodes.get(fullest)?;
                if !self.traces.meet(&node.traces(), &fullest.traces())? {
                    self.wait(&node);
                }
            }
        }
        Ok(())
    }

    fn look(&mut self, node: &Node) -> rusqlite::Result<()> {
        let was = match node.fullest {
            _ if self.new.contains(&node.id) => Was::New,
            None => Was::Fullest,
            Some(fullest) => Was::Member(fullest),
        };
        let candidates = self.candidates(node)?;
        let best = best(node, &candidates);
        if let Was::Member(fullest) = was
            && best.as_ref().map(|(fullest, _)| *fullest) != Some(fullest)
        {
            self.left.insert(fullest);
        }
        match &best {
            Some((fullest, _)) => {
                if was == Was::Fullest {
                    for member in self.nodes.members(node.id)? {
                        let member = self.nodes.get(member)?;
                        self.wait(&member);
                    }
                    self.unseated.push((node.id, vec![node.id]));
                }
                if was != Was::Member(*fullest) {
                    self.moved.insert(node.id);
                }
            }
            None if was == Was::Fullest => {
                if self.redated.contains(&node.id) {
                    for dated in self.nodes.dated(node.id)? {
                        let dated = self.nodes.get(dated)?;
                        self.wait(&dated);
                    }
                    self.attract(node, &candidates)?;
                }
            }
            None => {
                self.seated.insert(node.id);
                self.moved.insert(node.id);
                self.attract(node, &candidates)?;
            }
        }
        if best.is_some() || was != Was::New {
            self.write(
                node.id,
                best.as_ref().map(|(fullest, joined)| (*fullest, joined.rule, joined.similarity)),
            )?;
        }
        Ok(())
    }

    /// Has those looked at that may be of the utterance whose fullest wording this one became.
    fn attract(&mut self, node: &Node, candidates: &[Node]) -> rusqlite::Result<()> {
        for other in candidates.iter().filter(|other| other.order() > node.order()) {
            if self.waiting.contains_key(&other.order()) {
                continue;
            }
            let Some(joined) = other.joins(node) else { continue };
            let has_better = match other.fullest {
                None => false,
                Some(fullest) => {
                    let fullest = self.nodes.get(fullest)?;
                    other.joins(&fullest).is_some_and(|own| is_better(&own, &fullest, &joined, node))
                }
            };
            if !has_better {
                self.wait(other);
            }
        }
        Ok(())
    }

    /// Wordings that enough traces lead to.
    fn candidates(&mut self, node: &Node) -> rusqlite::Result<Vec<Node>> {
        let mut shared: HashMap<i64, usize> = HashMap::new();
        for trace in node.traces() {
            let Some(wordings) = self.traces.followed(trace)? else { continue };
            for &id in wordings.iter().filter(|id| **id != node.id) {
                *shared.entry(id).or_default() += 1;
            }
        }
        let mut nodes = Vec::new();
        for (id, shared) in shared {
            let other = self.nodes.get(id)?;
            let shorter = if other.order() < node.order() { node.traces } else { other.traces };
            if is_enough(shared, shorter) {
                nodes.push(other);
            }
        }
        Ok(nodes)
    }

    /// Puts a wording where a person said.
    fn place(&mut self, id: i64) -> rusqlite::Result<()> {
        let node = self.nodes.get(id)?;
        let is_new = self.new.contains(&id);
        let Some(words) = corrections::same_as(self.connection, id)? else { return Ok(()) };
        let target = corrections::target(self.connection, &mut self.nodes, &words)?;
        if target == node.fullest && !(is_new && target.is_some()) {
            return Ok(());
        }
        self.left.extend(node.fullest);
        if node.fullest.is_none() {
            self.seated.remove(&id);
            self.unseated.push((id, vec![id]));
        } else if target.is_none() {
            self.seated.insert(id);
        }
        self.moved.insert(id);
        self.write(id, target.map(|fullest| (fullest, BY_HAND, 1.0)))
    }

    fn write(&mut self, id: i64, joined: Option<(i64, &str, f64)>) -> rusqlite::Result<()> {
        self.nodes.set_fullest(id, joined.map(|(fullest, ..)| fullest));
        self.connection.prepare_cached(UPDATE_FULLEST)?.execute((
            id,
            joined.map(|(fullest, ..)| fullest),
            joined.map(|(_, rule, _)| rule),
            joined.map(|(.., similarity)| similarity),
        ))?;
        Ok(())
    }
}

/// The fullest wording that a wording has most in common with.
fn best(node: &Node, candidates: &[Node]) -> Option<(i64, Joined)> {
    let mut best: Option<(&Node, Joined)> = None;
    let before = |other: &&Node| other.fullest.is_none() && other.order() < node.order();
    for other in candidates.iter().filter(before) {
        let Some(joined) = node.joins(other) else { continue };
        if best.as_ref().is_none_or(|(known, own)| !is_better(own, known, &joined, other)) {
            best = Some((other, joined));
        }
    }
    best.map(|(fullest, joined)| (fullest.id, joined))
}

/// Whether a wording has more in common with one than with another; of equals the fuller counts.
fn is_better(one: &Joined, with: &Node, other: &Joined, other_with: &Node) -> bool {
    one.rank.total_cmp(&other.rank).then_with(|| other_with.order().cmp(&with.order())).is_gt()
}
