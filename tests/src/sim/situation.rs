//! The executions that break the obvious version, as they turn up by themselves.
//!
//! Each is counted when its hard part happens, whatever comes of it: the numbers show that the simulation goes there.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! situations {
    ($($name:ident = $line:literal, $text:literal;)*) => {
        /// One of them, by its line in `tests/README.md`; where that has two parts, *a* is the first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Situation {
            $(
                #[doc = $text]
                $name,
            )*
        }

        impl Situation {
            /// All of them.
            pub const ALL: &'static [Situation] = &[$(Situation::$name),*];

            /// Its line, and which part of that.
            #[must_use]
            pub const fn line(self) -> &'static str {
                match self {
                    $(Situation::$name => $line,)*
                }
            }

            /// What happens.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $(Situation::$name => $text,)*
                }
            }
        }
    };
}

situations! {
    LockAcrossCut = "1", "a lock is asked for in one epoch and granted in another";
    CutByReceipt = "2", "a message that carries something makes its receiver's cut";
    RedAcknowledgement = "3", "an acknowledgement comes with a stamp for which its receiver has to cut";
    Gap = "4", "what was received on a lane before a cut is no prefix";
    ReleaseInTransit = "5", "units are on their way back at a cut, and who had them waits already";
    LateCreation = "6", "a computation is created in a process that has cut, while the round is open";
    LossAndCopy = "7", "one message of a lane is lost and another comes twice, or to a second process, before the same cut";
    TalkedBeforeHello = "8", "a process that talked to others before its hello makes its first cut";
    PresumedAlive = "9", "a process that was presumed dead is heard of";
    JoinedLate = "10", "a round is asked for while another is collecting its cuts";
    OverlappingDeadlock = "11", "two rounds that were open at once find the same deadlock";
    BranchWaits = "12", "one branch waits at a cut while another of its task can go on";
    LoadAndClear = "13", "a reference is loaded from a field that is cleared in the same epoch";
    KOfNInTransit = "14", "one of several replies that a wait needs is on its way at a cut";
    UnreadMarker = "15", "a round ends while a marker waits for a reader that is blocked";
    Forged = "16", "a stamp of an epoch that nobody gave out, or of another deployment, is received";
    FullLog = "17", "a log is full, and what its oldest message carries is given up";
    GuardPassedOn = "18a", "a guard is passed to another task";
    UnitsFromNobody = "18b", "units come from a task that never had any";
    AcknowledgedStranger = "19", "a process that has not said hello acknowledges a message on a stamp";
    DeadSender = "20", "a round ends that has receipts from a dead process";
    HandOffThenBlock = "21", "a task hands something over in its process, and blocks at once";
    RefusedGenuine = "22", "a stamp whose epoch was given out is refused";
    SiblingHolds = "23", "a branch waits for what another branch of its task has";
    ResponderPassedOn = "24a", "a responder is passed to another task";
    Unread = "24b", "a request waits at a cut for a reader that is blocked";
    Returned = "25", "a connection is refused, and the work comes back to its sender";
    GroupGap = "26", "one of a group has received some of its messages, and others the rest";
    GrantInTransit = "27", "a grant is on its way at a cut";
    Growing = "28", "a deadlock is found again with one more who waits for it";
    UnseenHolder = "29", "a member waits for a row of a database that a process without a cut has";
}

impl fmt::Display for Situation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>3} {}", self.line(), self.text())
    }
}

/// How often each occurred.
pub type Situations = BTreeMap<Situation, u64>;
