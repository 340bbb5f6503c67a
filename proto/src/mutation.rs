//! Deliberate defects, by which the tests show that they would notice such a one.
//!
//! The protocol, the fact log, the detectors and the ledger ask [`is_on`] where one of them would go wrong. Without the
//! feature `mutations`, which only the tests switch on, the answer is a constant, and what it guards is compiled away.
//!
//! `tests/README.md` says what notices each, and after how much.

/// A table of defects, with a name for each.
macro_rules! mutations {
    ($($(#[doc = $doc:literal])+ $name:ident;)*) => {
        /// A deliberate defect.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Mutation {
            $($(#[doc = $doc])+ $name,)*
        }

        impl Mutation {
            /// All of them.
            pub const ALL: &[Mutation] = &[$(Mutation::$name,)*];

            /// What is wrong then, in a sentence.
            #[must_use]
            pub const fn says(self) -> &'static str {
                match self {
                    $(Mutation::$name => concat!($($doc,)+).trim_ascii(),)*
                }
            }
        }
    };
}

mutations! {
    /// A message of a later epoch is received before the cut that it calls for.
    RedBeforeTheCut;
    /// A receipt is recorded below the cut and what it brought above it.
    ReceiptBelowActsAbove;
    /// Acknowledgements on a stamp are taken before the cut that the stamp calls for.
    AcknowledgedBeforeTheCut;
    /// A receiver counts what it received and reports the first so many numbers.
    NumbersAsCounts;
    /// A second copy of a message counts as a new one.
    CopiesAreNew;
    /// What was given up for lost and arrives late is no news.
    LateIsNoNews;
    /// A marker counts the message that follows it, as if that had overtaken it.
    MarkerCountsWhatFollows;
    /// Of several rounds that are open only the newest is recorded, and the others get the same state.
    OnlyTheNewestCut;
    /// A marker closes the recordings of later rounds too.
    MarkerClosesAll;
    /// Processes cut when a stamp or marker comes, and do not heed the server's word.
    CutOnlyInBand;
    /// Every epoch in a stamp is admitted.
    NoWindow;
    /// Rounds whose stamps were refused are not void.
    RefusedIsNotVoid;
    /// What was refused does not travel on with later stamps.
    RefusedIsForgotten;
    /// Of what was refused only the greatest epoch travels on with later stamps.
    OnlyTheGreatestRefused;
    /// What comes back to the sender of a message that never left is forgotten.
    VoidLosesTheWork;
    /// A full log forgets a message without a trace.
    FullLogForgets;
    /// The log drops every removal that comes in another epoch than its insertion.
    RemovalDropped;
    /// A lane's floor passes what is outstanding.
    FloorPassesAll;
    /// A report says what changed since the last cut, whatever was acknowledged.
    DeltaOfTheLastCut;
    /// A piece that was merged with an older one speaks for the rounds of that one too.
    MergedFromTheOldest;
    /// Facts have been there from the beginning.
    BornAtTheBeginning;
    /// A server that restarts gives out epochs of its last reservation.
    EpochsAgain;
    /// Epochs are given out before their reservation is durable.
    NoReservation;
    /// A request is answered by a round that is already open.
    AnsweredByAnOpenRound;
    /// A cut from before the announcement counts.
    EarlyIsInTime;
    /// The end of one round ends all.
    OneEndEndsAll;
    /// A deadline that passes is ignored.
    NoDeadline;
    /// A death does not settle a process's part in a round.
    DeathSettlesNothing;
    /// Who is presumed dead is certainly dead.
    PresumedIsCertain;
    /// A process that was presumed dead and lives refutes nothing.
    LifeRefutesNothing;
    /// A balancer's second copy refutes nothing.
    SecondCopyRefutesNothing;
    /// What was sent to a process that has left or died is lost for certain, whoever is started again in its place.
    LostWithItsPeer;
    /// What is under way to a process that has left or died is not under way to whoever is started again in its place.
    HeirIgnored;
    /// What was stated of the transports of an earlier death, that was only presumed, counts for a later departure.
    AnyEndCounts;
    /// What a receiver has promised to treat as lost is settled before its sender has given it up.
    TombstonedIsLost;
    /// What has crossed a cut while its round was open refutes nothing when that ends.
    CrossedIsForgotten;
    /// All that a round takes for granted is retracted at its end.
    EverythingIsRetracted;
    /// What a FIFO lane has recorded is always as derived.
    RecordedIsAsDerived;
    /// A lane is forgotten before its receiver has seen the end of it.
    ForgottenTooSoon;
    /// The lanes of who has left are settled while a lower round is open.
    LeaverSettledTooSoon;
    /// Who has left is left out.
    LeaverIgnored;
    /// Who died has sent nothing.
    TheDeadSentNothing;
    /// Processes that have not said hello are ignored.
    StrangersIgnored;
    /// What is doubtful is lost.
    DoubtfulIsLost;
    /// What an absent process may have received is in transit.
    HiddenIsInTransit;
    /// What did not fit into a log is not there.
    CollapsedIsNothing;
    /// What somebody outside the cut has received is not named.
    ReceivedOutsideIsNothing;
    /// What was received from an older incarnation counts for the one that follows it.
    IncarnationsAreOne;
    /// Replies in transit are ignored.
    ReplyIgnored;
    /// Grants in transit are ignored.
    GrantIgnored;
    /// What a release in transit gives back is held for ever.
    ReleaseNeverArrives;
    /// Whoever needs one of several needs all.
    OrIsAnd;
    /// Whoever needs all of several needs one.
    AndIsOr;
    /// A branch that waits blocks its whole family.
    BranchBlocksFamily;
    /// The queue of a fair resource is ignored.
    QueueIgnored;
    /// Who reads a lane is ignored.
    ReadersIgnored;
    /// A guard that no task is bound to is nobody's.
    UnboundIsFree;
    /// Nobody unseen holds anything.
    UnseenHoldsNothing;
    /// Whatever is held at a cut counts as held from before its round to after it.
    ConfirmedByItself;
    /// Capacity is one unit more than it is.
    OneUnitTooMany;
    /// A deadlock is known by its round, so that the next finds another.
    DeadlockByRound;
    /// A computation of which the creation is not in the cut counts as any other.
    CreationNotNeeded;
    /// Tokens in transit are ignored.
    TokenIgnored;
    /// Work that was lost with a process is done.
    LostWorkIsDone;
    /// References in transit are ignored.
    ReferenceIgnored;
    /// Pins are ignored.
    PinIgnored;
    /// Roots of absent processes are ignored.
    AbsentRootsIgnored;
    /// Amounts that may be lost count.
    DoubtfulAmountsCount;
}

#[cfg(feature = "mutations")]
mod switch {
    use super::Mutation;
    use std::sync::atomic::{AtomicU8, Ordering};

    const OFF: u8 = u8::MAX;
    static ON: AtomicU8 = AtomicU8::new(OFF);

    /// Whether a defect is on.
    #[must_use]
    pub fn is_on(mutation: Mutation) -> bool {
        ON.load(Ordering::Relaxed) == mutation as u8
    }

    /// Switches one defect on, for all threads of the process, and every other one off.
    pub fn switch(mutation: Option<Mutation>) {
        ON.store(mutation.map_or(OFF, |mutation| mutation as u8), Ordering::SeqCst);
    }
}

#[cfg(feature = "mutations")]
pub use switch::{is_on, switch};

/// Whether a defect is on: never in this build.
#[cfg(not(feature = "mutations"))]
#[must_use]
pub const fn is_on(_: Mutation) -> bool {
    false
}
