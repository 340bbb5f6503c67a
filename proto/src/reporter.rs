//! The half of a process that talks to the server: admission of epochs, the fold, reports, the session.
//!
//! A process is a [`Reporter`] and the ends of its lanes. The [`Participant`](crate::participant::Participant)
//! puts them together for events that come one after another, for model checking and simulation; an agent in a process
//! of many threads puts the same parts together around a [gate](crate::gate), and a test of it shows that, given the
//! same calls, both say the same.
//!
//! What the reporter cannot do itself it asks its owner for, as [`Effect`]s: to raise the epoch, and to settle
//! messages at the ends of lanes.

use crate::collector;
use crate::cut::{Change, Delta, ProcessCut};
use crate::fact::Millis;
use crate::fold::Fold;
use crate::id::{DeploymentId, Epoch, Incarnation, LaneRef, ProcessName, Text};
use crate::lane::Recording;
use crate::mutation::{Mutation, is_on};
use crate::ranges::RangeSet;
use crate::refused::Refused;
use crate::session::{FromAgent, Hello, Notice, Rejection, RoundEnd, ToAgent, VERSIONS};
use std::collections::VecDeque;

/// Who a process is, and the bounds of what it keeps.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Config {
    /// The deployment.
    pub deployment: DeploymentId,
    /// The process's name.
    pub name: ProcessName,
    /// The incarnation: random, and never used before.
    pub incarnation: Incarnation,
    /// How many messages of a lane are logged before the annotations of the oldest are given up.
    pub log_limit: usize,
    /// How many notices and recordings wait for the server.
    pub outbox_limit: usize,
    /// Whether stamps and cuts carry vector clocks: for tests, since it costs time and space.
    pub verification: bool,
}

impl Config {
    /// [`Config::log_limit`] unless set.
    pub const LOG_LIMIT: usize = 65_536;
    /// [`Config::outbox_limit`] unless set.
    pub const OUTBOX_LIMIT: usize = 1_024;

    /// The default bounds, without vector clocks.
    #[must_use]
    pub const fn new(deployment: DeploymentId, name: ProcessName, incarnation: Incarnation) -> Self {
        let (log_limit, outbox_limit) = (Self::LOG_LIMIT, Self::OUTBOX_LIMIT);
        Config { deployment, name, incarnation, log_limit, outbox_limit, verification: false }
    }
}

/// What to do about the epochs of a message, before its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Raise the epoch to at least this one; no higher than the present one if there is nothing to raise to.
    pub raise: Epoch,
    /// Whether an epoch was refused.
    pub refused: bool,
    /// The greatest refused epoch that people should know of: nothing was known of it, and no server is too far from it
    /// to have given it out, or the sender claims to be at it, for the first time since the last cut. Whoever has once
    /// heard of a forged one puts it into all its stamps, and these say nothing new.
    pub news: Option<Epoch>,
    /// Whether the sender's own epoch is one to believe.
    pub believed: bool,
}

/// Which epochs a process admits, and what it has heard of beyond.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Admission {
    window: Epoch,
    /// The epochs that were refused and have not been passed.
    refused: Refused,
    /// A sender has claimed an epoch that no server can have given out, since the last cut.
    claimed: bool,
}

impl Admission {
    /// What a process at `own` does about a message of a sender at `epoch` that had `heard` of others. What the sender
    /// could not admit itself is no reason to stay below the epochs that can be admitted. What is refused goes into later
    /// stamps, unless no server can ever have given it out.
    pub fn admit(&mut self, epoch: Epoch, heard: &Refused, own: Epoch) -> Entry {
        let limit = self.limit(own);
        let mut entry = Entry { raise: own, refused: false, news: None, believed: epoch <= limit };
        let plausible = Epoch(limit.0.saturating_add(collector::Config::EPOCH_LEAP));
        for (first, last) in heard.ranges().chain([(epoch, epoch)]) {
            if first <= limit {
                entry.raise = entry.raise.max(last.min(limit));
            }
            if last <= limit {
                continue;
            }
            entry.refused = true;
            let last = last.min(plausible);
            if self.refused.insert((first.max(limit.next()), last)) {
                entry.news = entry.news.max(Some(last));
            }
        }
        if epoch > plausible && !std::mem::replace(&mut self.claimed, true) {
            entry.news = Some(epoch);
        }
        entry
    }

    /// Extends the window. Gives the epoch to raise to, if what was refused before is within it now: the rounds that are
    /// passed so are void, since events were recorded beyond their cuts.
    pub fn extend(&mut self, window: Epoch, epoch: Epoch) -> Option<Epoch> {
        self.window = self.window.max(window);
        self.refused.greatest_within(self.window).filter(|refused| *refused > epoch)
    }

    /// The greatest epoch that a process at `own` admits.
    #[must_use]
    pub fn limit(&self, own: Epoch) -> Epoch {
        if is_on(Mutation::NoWindow) {
            return Epoch(u64::MAX);
        }
        self.window.max(own)
    }

    /// What the stamps of a process at `epoch` must say it has heard of.
    #[must_use]
    pub fn heard(&self, epoch: Epoch) -> Refused {
        if is_on(Mutation::RefusedIsForgotten) {
            return Refused::new();
        }
        let heard = self.refused.after(epoch);
        match is_on(Mutation::OnlyTheGreatestRefused) {
            true => {
                heard.greatest().map_or_else(Refused::new, |one| Refused::of(RangeSet::span(one.0, one.0)))
            }
            false => heard,
        }
    }

    /// The process passes up to `to`. Gives what it had heard of: rounds of this cut are void if that is genuine.
    pub fn cut(&mut self, to: Epoch) -> Refused {
        let heard = self.refused.clone();
        self.refused.pass(to);
        self.claimed = false;
        if is_on(Mutation::RefusedIsNotVoid) {
            return Refused::new();
        }
        heard
    }
}

/// What a message of the server asks of the process.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Stamps up to this epoch are admitted from now on: see [`Admission::extend`].
    Admit(Epoch),
    /// Raise the epoch to at least this one, then call [`Reporter::cut`].
    Raise(Epoch),
    /// A round has ended: unless its epoch is beyond [`Admission::limit`], raise the epoch to at least that, then settle
    /// these messages, in one event.
    Settle(RoundEnd),
    /// The session is refused, and why; trying again at once is of no use.
    Refused(Rejection),
}

/// The half of a process that talks to the server.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reporter {
    name: ProcessName,
    incarnation: Incarnation,
    deployment: DeploymentId,
    fold: Fold,
    /// Why the fold is unusable: the instrumentation contradicted itself.
    fault: Option<Text>,
    connected: bool,
    welcomed: bool,
    fault_told: bool,
    /// The last report sent, or that the server has; what comes next builds on it.
    reported: Option<Epoch>,
    outbox: VecDeque<FromAgent>,
    outbox_limit: usize,
    dropped: u64,
    leaving: bool,
}

impl Reporter {
    /// A process that has just started, at epoch 0 and with a window that admits nothing more.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Reporter {
            name: config.name.clone(),
            incarnation: config.incarnation,
            deployment: config.deployment,
            fold: Fold::new(Epoch::ZERO),
            fault: None,
            connected: false,
            welcomed: false,
            fault_told: false,
            reported: None,
            outbox: VecDeque::new(),
            outbox_limit: config.outbox_limit,
            dropped: 0,
            leaving: false,
        }
    }

    /// The state at the last cut.
    #[must_use]
    pub const fn last_cut(&self) -> &ProcessCut {
        self.fold.state()
    }

    /// The epoch of the last cut.
    #[must_use]
    pub const fn cut_epoch(&self) -> Epoch {
        self.fold.cut_epoch()
    }

    /// Why this process takes no part any more, if its instrumentation has contradicted itself.
    #[must_use]
    pub const fn fault(&self) -> Option<&Text> {
        self.fault.as_ref()
    }

    /// Whether the server has welcomed this process on the present session.
    #[must_use]
    pub const fn is_welcomed(&self) -> bool {
        self.welcomed
    }

    /// How much is kept; see [`Fold::pending`].
    #[must_use]
    pub fn pending(&self) -> usize {
        self.fold.pending()
    }

    /// Takes one change of an event of `epoch`.
    pub fn absorb(&mut self, epoch: Epoch, change: Change) {
        if self.fault.is_none() {
            self.fold.absorb(epoch, change);
        }
    }

    /// Takes the changes of all events of `epoch`, or more of them.
    pub fn absorb_all(&mut self, epoch: Epoch, changes: Delta) {
        if self.fault.is_none() {
            self.fold.absorb_all(epoch, changes);
        }
    }

    /// Cuts for every round up to `to`, now that all events below it have been absorbed, having `heard` of what
    /// [`Admission::cut`] gave.
    pub fn cut(&mut self, to: Epoch, heard: &Refused, now: Millis) {
        if self.fault.is_none()
            && let Err(misfit) = self.fold.cut(to, now, heard)
        {
            self.fault = Some(Text::new(&misfit.to_string()));
        }
    }

    /// Whether the process has said that its next cut is its last.
    #[must_use]
    pub const fn is_leaving(&self) -> bool {
        self.leaving
    }

    /// A stamp of an epoch outside the window came.
    pub fn refused(&mut self, from: Incarnation, epoch: Epoch) {
        self.notice(Notice::Refused { from, epoch });
    }

    /// Tells the server something that people should know. If there is no room for what retracts, the server is told that
    /// there was something.
    pub fn notice(&mut self, notice: Notice) {
        if self.outbox.len() < notice.room(self.outbox_limit) {
            self.outbox.push_back(FromAgent::Notice(notice));
        } else {
            self.dropped += notice.retracts();
        }
    }

    /// Tells the server what a FIFO lane delivered between cut and marker. It confirms a cut and is no part of
    /// it: without a session, or for want of room, nobody is told.
    pub fn recorded(&mut self, lane: LaneRef, recording: Recording) {
        if self.welcomed && self.outbox.len() < self.outbox_limit {
            self.outbox.push_back(FromAgent::Recorded(lane, recording));
        }
    }

    /// Asks for a snapshot. Several requests that wait for the session are one.
    pub fn request_round(&mut self) {
        if !self.outbox.contains(&FromAgent::Request) {
            self.outbox.push_back(FromAgent::Request);
        }
    }

    /// The process ends: the next cut is its last.
    pub fn leave(&mut self) {
        self.leaving = true;
    }
}

/// The session.
impl Reporter {
    /// A connection to the server stands: gives the hello that must go first. The process is at `epoch`.
    pub fn connect(&mut self, epoch: Epoch) -> FromAgent {
        self.connected = true;
        self.welcomed = false;
        self.fault_told = false;
        FromAgent::Hello(Hello {
            name: self.name.clone(),
            incarnation: self.incarnation,
            deployment: self.deployment,
            versions: VERSIONS,
            epoch,
        })
    }

    /// The connection to the server has broken.
    pub fn disconnect(&mut self) {
        self.connected = false;
        self.welcomed = false;
    }

    /// Takes a message of the server. The effects are to be carried out in their order.
    #[must_use]
    pub fn handle(&mut self, message: ToAgent) -> Vec<Effect> {
        match message {
            ToAgent::Welcome { given, window, known, .. } => {
                self.welcomed = true;
                self.reported = known;
                if let Some(known) = known {
                    self.fold.acknowledge(known);
                }
                vec![Effect::Admit(window), Effect::Raise(given)]
            }
            ToAgent::Rejected(why) => {
                self.disconnect();
                vec![Effect::Refused(why)]
            }
            ToAgent::Cut { window, .. } if is_on(Mutation::CutOnlyInBand) => vec![Effect::Admit(window)],
            ToAgent::Cut { epoch, window } => vec![Effect::Admit(window), Effect::Raise(epoch)],
            ToAgent::Reported(to) => {
                self.fold.acknowledge(to);
                Vec::new()
            }
            ToAgent::Resync => {
                self.reported = None;
                Vec::new()
            }
            ToAgent::Ended(end) => vec![Effect::Settle(end)],
        }
    }

    /// Gives what to send to the server next, if anything.
    pub fn poll(&mut self) -> Option<FromAgent> {
        if !self.welcomed {
            return None;
        }
        if let Some(fault) = &self.fault {
            let told = std::mem::replace(&mut self.fault_told, true);
            return if told { self.outbox.pop_front() } else { Some(FromAgent::Faulty(fault.clone())) };
        }
        if let Some(report) = self.fold.report_after(self.reported) {
            self.reported = Some(report.piece.to);
            let last = self.leaving && report.piece.to == self.fold.cut_epoch();
            return Some(if last { FromAgent::Goodbye(report) } else { FromAgent::Report(report) });
        }
        if self.dropped > 0 {
            let dropped = std::mem::take(&mut self.dropped);
            return Some(FromAgent::Notice(Notice::Dropped(dropped)));
        }
        self.outbox.pop_front()
    }
}
