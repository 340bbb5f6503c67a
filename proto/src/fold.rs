//! The fold: from the changes that threads record to the states at the cuts.
//!
//! ```text
//!   absorb(epoch, change)          cut(to)                     reports
//!   ---> segment per epoch  ---->  pieces since the last  ---> one piece each, or the whole
//!        (no order inside)         acknowledged report         state to a server that has none
//! ```
//!
//! A process that goes from epoch 4 to 6 and then to 9 cuts rounds 5 and 6 with the events of epoch 4, and
//! rounds 7 to 9 with those of epoch 6 as well. Each [`Piece`] names the rounds that share its state.

use crate::cut::{Change, Delta, Misfit, ProcessCut};
use crate::fact::Millis;
use crate::id::Epoch;
use crate::mutation::{Mutation, is_on};
use crate::refused::Refused;
use std::collections::{BTreeMap, VecDeque};

/// The changes that lead to the cut of one range of rounds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Piece {
    /// The rounds after this one…
    pub from: Epoch,
    /// …up to this one have this state.
    pub to: Epoch,
    /// What changed since the piece before.
    pub delta: Delta,
    /// The process's clock when it folded.
    pub at: Millis,
    /// The checksum of the state.
    pub checksum: u64,
    /// Epochs after `from` that the process had heard of by then and not admitted before; see [`Refused::is_void`].
    pub heard: Refused,
}

/// The fact log's fold.
///
/// Bounds: one segment for each epoch that is not yet cut, at most [`Fold::PIECES`] pieces, and in each no more
/// than what is live or was live at the piece before.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fold {
    /// The state at the cut `cut`.
    state: ProcessCut,
    cut: Epoch,
    /// The first round that has this state, less one.
    state_from: Epoch,
    /// What the process had heard of by then.
    heard: Refused,
    segments: BTreeMap<Epoch, Delta>,
    /// Since the last acknowledged report, or the last whole one.
    pieces: VecDeque<Piece>,
    /// The report on which the first piece builds; `None` if the first builds on nothing.
    base: Option<Epoch>,
}

impl Fold {
    /// How many unacknowledged pieces are kept apart. Beyond that the oldest two become one, and the rounds of
    /// the older are given up.
    pub const PIECES: usize = 16;

    /// The fold of a process that begins at `epoch`.
    #[must_use]
    pub fn new(epoch: Epoch) -> Self {
        Fold {
            state: ProcessCut::default(),
            cut: epoch,
            state_from: epoch,
            heard: Refused::new(),
            segments: BTreeMap::new(),
            pieces: VecDeque::new(),
            base: None,
        }
    }

    /// Takes one change of an event of `epoch`, which is not below the last cut.
    ///
    /// # Complexity
    /// O(log n).
    pub fn absorb(&mut self, epoch: Epoch, change: Change) {
        debug_assert!(epoch >= self.cut, "an event of epoch {epoch} came after the cut for {}", self.cut);
        self.segments.entry(epoch).or_default().record(epoch, change);
    }

    /// Takes changes of events of `epoch`, which is not below the last cut, put together without their order.
    ///
    /// # Complexity
    /// O(d log n) for d changes.
    pub fn absorb_all(&mut self, epoch: Epoch, changes: Delta) {
        debug_assert!(epoch >= self.cut, "events of epoch {epoch} came after the cut for {}", self.cut);
        self.segments.entry(epoch).or_default().merge(changes);
    }

    /// The epoch of the last cut.
    #[must_use]
    pub const fn cut_epoch(&self) -> Epoch {
        self.cut
    }

    /// The state at the last cut.
    #[must_use]
    pub const fn state(&self) -> &ProcessCut {
        &self.state
    }

    /// Cuts for every round after the last cut up to `to`, now that all events below `to` are absorbed.
    /// The process has `heard` of epochs that it had not admitted.
    ///
    /// # Errors
    /// [`Misfit`] if the log contradicts itself: a fault of the instrumentation, after which the fold is
    /// unusable.
    pub fn cut(&mut self, to: Epoch, at: Millis, heard: &Refused) -> Result<(), Misfit> {
        if to <= self.cut {
            return Ok(());
        }
        let later = self.segments.split_off(&to);
        let due = std::mem::replace(&mut self.segments, later);
        let (mut from, mut delta) = (self.cut, Delta::default());
        for (epoch, segment) in due {
            // The rounds up to `epoch` come before the events of `epoch`.
            if from < epoch {
                self.piece(from, epoch, std::mem::take(&mut delta), at, heard)?;
                from = epoch;
            }
            delta.merge(segment);
        }
        if from < to {
            self.piece(from, to, delta, at, heard)?;
        }
        Ok(())
    }

    fn piece(
        &mut self,
        from: Epoch,
        to: Epoch,
        delta: Delta,
        at: Millis,
        heard: &Refused,
    ) -> Result<(), Misfit> {
        self.state.apply(&delta)?;
        self.state.at = at;
        self.cut = to;
        self.state_from = from;
        self.heard = heard.after(from);
        let (checksum, heard) = (self.state.checksum(), self.heard.clone());
        self.pieces.push_back(Piece { from, to, delta, at, checksum, heard });
        let most = if is_on(Mutation::OnlyTheNewestCut) { 1 } else { Self::PIECES };
        if self.pieces.len() > most
            && let Some(mut oldest) = self.pieces.pop_front()
            && let Some(next) = self.pieces.front_mut()
        {
            oldest.delta.merge(std::mem::take(&mut next.delta));
            next.delta = oldest.delta;
            if is_on(Mutation::MergedFromTheOldest) {
                next.from = oldest.from;
            }
        }
        Ok(())
    }

    /// The report that follows the one that ended at `base`; `None` if there is nothing newer. With `None` as
    /// base, or one that is not known here, the whole state, on which later reports can build.
    #[must_use]
    pub fn report_after(&mut self, base: Option<Epoch>) -> Option<Report> {
        let Some(base) = base.filter(|base| self.knows(*base)) else { return Some(self.whole()) };
        if base == self.cut {
            return None;
        }
        let next = match self.base == Some(base) {
            true => 0,
            false => self.pieces.iter().position(|p| p.to == base)? + 1,
        };
        let next = if is_on(Mutation::DeltaOfTheLastCut) { self.pieces.len().checked_sub(1)? } else { next };
        self.pieces.get(next).map(|piece| Report { base: Some(base), piece: piece.clone() })
    }

    fn whole(&mut self) -> Report {
        self.pieces.clear();
        self.base = Some(self.cut);
        let (from, to, at) = (self.state_from, self.cut, self.state.at);
        let (delta, checksum, heard) = (self.state.as_delta(), self.state.checksum(), self.heard.clone());
        Report { base: None, piece: Piece { from, to, delta, at, checksum, heard } }
    }

    /// Whether a report can build on the one that ended at `base`.
    #[must_use]
    pub fn knows(&self, base: Epoch) -> bool {
        self.base == Some(base) || self.pieces.iter().any(|p| p.to == base)
    }

    /// The report that ended at `to` has been applied.
    pub fn acknowledge(&mut self, to: Epoch) {
        if to == self.cut || self.pieces.iter().any(|p| p.to == to) {
            self.pieces.retain(|p| p.to > to);
            self.base = Some(to);
        }
    }

    /// The size of what is kept: facts, segments and pieces.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.segments.values().map(|d| d.inserted.len() + d.removed.len()).sum::<usize>() + self.pieces.len()
    }
}

/// What a process tells of its cut for some rounds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Report {
    /// The report that this one builds on, by the round it ended at; `None` if on nothing.
    pub base: Option<Epoch>,
    /// The rounds and the changes.
    pub piece: Piece,
}
