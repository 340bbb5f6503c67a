//! The protobuf package `stillpoint.v1` and the conversions between its messages and the vocabulary.
//!
//! ```text
//!   document, report --- JSON or protobuf ---> v1::Snapshot --- TryFrom ---> snapshot::Snapshot
//!                    <-------------------------             <---- From -----
//! ```
//!
//! What comes from outside is parsed here and nowhere else: a conversion from a message fails with a
//! [`DecodeError`] that names the place in the document and what was expected there, and what it yields keeps
//! the rules of the vocabulary's types. No text is cut and no number dropped on the way: what does not fit is
//! refused. A conversion to a message cannot fail.
//!
//! The bindings under `generated/` are committed, so that a build needs no protobuf compiler; the crate
//! `stillpoint-codegen` makes them from `proto/stillpoint/v1/*.proto` and its test compares.

mod cut;
mod decode;
mod delta;
mod error;
mod facts;
mod ids;
#[cfg(feature = "json")]
pub mod json;
pub mod session;
mod snapshot;
mod verdict;
mod verdict_holds;

#[cfg(test)]
#[cfg(feature = "json")]
mod malformed;
#[cfg(test)]
#[cfg(feature = "json")]
mod malformed_session;
#[cfg(test)]
mod random;
#[cfg(test)]
mod roundtrip;

pub use error::{DecodeError, Problem};

/// The messages of package `stillpoint.v1`, as generated. Behind the features `grpc-client` and `grpc-server` also
/// the clients and servers of its services, each in a module of its own.
#[allow(
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    rustdoc::all,
    clippy::all,
    clippy::expect_used,
    clippy::unwrap_used
)]
pub mod v1 {
    include!("generated/stillpoint.v1.rs");
    #[cfg(feature = "json")]
    include!("generated/stillpoint.v1.serde.rs");
}

/// The descriptors of the package, for reflection: an encoded `google.protobuf.FileDescriptorSet`.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!("generated/stillpoint.v1.bin");
