//! Names of things: deployments, epochs, processes, lanes, messages and the handles of facts.
//!
//! Two rules hold for every identifier here. It is never used again: a restarted process has a new
//! [`Incarnation`], and a removed fact's [`Handle`] stays retired. And it means the same to everyone: what
//! only its owner can resolve (a handle, a lane) is paired with the owner's incarnation before it travels, as
//! a [`Global`], a [`LaneRef`] or a [`MessageId`].

use std::fmt;
use std::sync::Arc;

/// The number of a round. A process whose epoch is at least `r` has made its cut for round `r`.
///
/// Strictly increasing over the life of a deployment; [`Epoch::ZERO`] is before every round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(pub u64);

impl Epoch {
    /// The epoch before every round.
    pub const ZERO: Epoch = Epoch(0);

    /// The epoch after this one; saturates at `u64::MAX`, which no window ever admits.
    #[must_use]
    pub const fn next(self) -> Epoch {
        Epoch(self.0.saturating_add(1))
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// One universe of epochs. Its id is in every stamp, and a stamp of another deployment counts as none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeploymentId(pub u64);

impl DeploymentId {
    /// No deployment: a stamp that counts as none with every receiver.
    pub const NONE: DeploymentId = DeploymentId(0);

    /// The id of a deployment name: FNV-1a over its bytes (Fowler, Noll, Vo), so that an agent knows it
    /// before it has met a server.
    #[must_use]
    pub const fn from_name(name: &str) -> Self {
        let bytes = name.as_bytes();
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut i = 0;
        while i < bytes.len() {
            hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0000_0100_0000_01b3);
            i += 1;
        }
        DeploymentId(hash)
    }
}

impl fmt::Display for DeploymentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

/// One run of one process: a random number minted at its start, good for stamping before and without a server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Incarnation(pub u64);

/// In the digits of [`Display`](fmt::Display), so that logs and tables name a process alike.
impl fmt::Debug for Incarnation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Incarnation({self})")
    }
}

impl fmt::Display for Incarnation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", self.0)
    }
}

/// A lane of one process: a sequence of messages over one link, or over one unordered transport to one end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneId(pub u32);

/// A lane as everyone can name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneRef {
    /// The sender.
    pub process: Incarnation,
    /// Which of the sender's lanes.
    pub lane: LaneId,
}

impl fmt::Display for LaneRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.process, self.lane.0)
    }
}

/// The identity of a message: who sent it, on which of his lanes, and its number there (the first is 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId {
    /// The lane it was sent on.
    pub lane: LaneRef,
    /// Its number on the lane, from 1.
    pub seq: u64,
}

impl MessageId {
    /// The message `seq` of the lane `lane` of `process`.
    #[must_use]
    pub const fn new(process: Incarnation, lane: LaneId, seq: u64) -> Self {
        MessageId { lane: LaneRef { process, lane }, seq }
    }

    /// Who sent it.
    #[must_use]
    pub const fn sender(self) -> Incarnation {
        self.lane.process
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.lane, self.seq)
    }
}

/// The handle of one fact of one incarnation; never used for another fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle(pub u64);

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A thing of one process as everyone can name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Global<T> {
    /// The process that owns it.
    pub process: Incarnation,
    /// Its handle there.
    pub id: T,
}

impl<T> Global<T> {
    /// The thing `id` of `process`.
    #[must_use]
    pub const fn new(process: Incarnation, id: T) -> Self {
        Global { process, id }
    }
}

impl<T: fmt::Display> fmt::Display for Global<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.process, self.id)
    }
}

macro_rules! typed_handle {
    ($($(#[$doc:meta])* $id:ident, $global:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(pub Handle);

        impl $id {
            /// The typed handle with the number `n`.
            #[must_use]
            pub const fn of(n: u64) -> Self {
                $id(Handle(n))
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        #[doc = concat!("A [`", stringify!($id), "`] with the process that owns it.")]
        pub type $global = Global<$id>;
    )*};
}

typed_handle! {
    /// A task: the handle of its [`Task`](crate::fact::Task) fact.
    TaskId, TaskRef;
    /// A wait: the handle of its [`Wait`](crate::fact::Wait) fact.
    WaitId, WaitRef;
    /// One target of a wait: the handle of its [`Target`](crate::fact::Target) fact.
    TargetId, TargetRef;
    /// A resource that a process owns: the handle of its [`Resource`](crate::fact::Resource) fact.
    ResourceId, ResourceRef;
    /// A computation: the handle of its [`Creation`](crate::fact::Creation) fact at its creator.
    ComputationId, ComputationRef;
    /// An object: the handle of its [`Object`](crate::fact::Object) fact.
    ObjectId, ObjectRef;
}

/// Text for people, at most [`Text::LIMIT`] bytes: a label, a file name, a key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Arc<str>);

impl Text {
    /// The longest text in bytes; what is longer is cut at a character boundary.
    pub const LIMIT: usize = 256;

    /// The text, cut to [`Text::LIMIT`] bytes.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut end = text.len().min(Self::LIMIT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Text(Arc::from(&text[..end]))
    }

    /// The text as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Text {
    fn default() -> Self {
        Text::new("")
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::new(text)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// The name of a process, the same for every incarnation of it: 1 to 128 bytes, visible ASCII without spaces.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcessName(Arc<str>);

/// Why a text is no [`ProcessName`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no process name: use 1 to {limit} visible ASCII characters without spaces",
        limit = ProcessName::LIMIT)]
pub struct InvalidName {
    /// The text, cut to [`Text::LIMIT`].
    pub text: Text,
}

impl ProcessName {
    /// The longest name in bytes.
    pub const LIMIT: usize = 128;

    /// The name `text`.
    ///
    /// # Errors
    /// [`InvalidName`] if the text is empty, too long, or has a space, a control or a non-ASCII character.
    pub fn new(text: &str) -> Result<Self, InvalidName> {
        let fits =
            !text.is_empty() && text.len() <= Self::LIMIT && text.bytes().all(|b| b.is_ascii_graphic());
        if fits { Ok(ProcessName(Arc::from(text))) } else { Err(InvalidName { text: Text::new(text) }) }
    }

    /// The name that is made up for a process that has never said hello.
    #[must_use]
    pub fn of_stranger(process: Incarnation) -> Self {
        ProcessName(Arc::from(format!("unknown-{process}")))
    }

    /// The name as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProcessName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ProcessName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters() {
        let long = "é".repeat(Text::LIMIT);
        let text = Text::new(&long);
        assert_eq!(text.as_str().len(), Text::LIMIT);
        assert!(Text::new(&format!("x{long}")).as_str().len() == Text::LIMIT - 1);
    }

    #[test]
    fn names_are_visible_ascii() {
        assert!(ProcessName::new("orders-1").is_ok());
        for bad in ["", "a b", "é", "a\n", &"x".repeat(129)] {
            assert!(ProcessName::new(bad).is_err(), "{bad:?} was taken for a name");
        }
    }

    #[test]
    fn deployments_of_different_names_differ() {
        assert_ne!(DeploymentId::from_name("prod"), DeploymentId::from_name("test"));
    }
}
