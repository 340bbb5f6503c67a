//! What is wrong with a message, and where.

/// Why a message is not what it should be.
///
/// Shown as `members[3].present.facts[12].wait.task: missing, expected the handle of a task`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}, expected {expected}", place = if path.is_empty() { "document" } else { path })]
pub struct DecodeError {
    /// The way from the message that was converted to the field, in the names of the protobuf JSON mapping;
    /// empty if it is the message itself.
    pub path: String,
    /// What was found.
    pub problem: Problem,
    /// What was expected in its place.
    pub expected: &'static str,
}

/// What was found instead of what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing.
    #[error("missing")]
    Missing,
    /// A number of an enumeration that this version does not know.
    #[error("unknown value {0}")]
    UnknownValue(i32),
    /// Something for the second time.
    #[error("{0} is there twice")]
    Duplicate(String),
    /// A text of so many bytes.
    #[error("a text of {0} bytes")]
    TooLong(usize),
    /// So many bytes where fewer are taken.
    #[error("{bytes} bytes over a limit of {limit}")]
    TooLarge {
        /// How many there were when the limit was exceeded.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Something else.
    #[error("{0}")]
    Invalid(String),
}

impl DecodeError {
    pub(super) fn new(problem: Problem, expected: &'static str) -> Self {
        DecodeError { path: String::new(), problem, expected }
    }

    pub(super) fn missing(expected: &'static str) -> Self {
        Self::new(Problem::Missing, expected)
    }

    pub(super) fn duplicate(what: impl ToString, expected: &'static str) -> Self {
        Self::new(Problem::Duplicate(what.to_string()), expected)
    }

    pub(super) fn invalid(what: impl ToString, expected: &'static str) -> Self {
        Self::new(Problem::Invalid(what.to_string()), expected)
    }
}

/// Puts an error into its place: the innermost field first, on the way out of the conversions, so that a
/// conversion that succeeds pays nothing for paths.
pub(super) trait At {
    /// The error is inside this field.
    fn at(self, field: &str) -> Self;
    /// The error is inside this element of a list.
    fn at_index(self, index: usize) -> Self;
}

impl At for DecodeError {
    fn at(mut self, field: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{field}{dot}{}", self.path);
        self
    }

    fn at_index(self, index: usize) -> Self {
        self.at(&format!("[{index}]"))
    }
}

impl<T> At for Result<T, DecodeError> {
    fn at(self, field: &str) -> Self {
        self.map_err(|e| e.at(field))
    }

    fn at_index(self, index: usize) -> Self {
        self.map_err(|e| e.at_index(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_grow_outwards() {
        let error = DecodeError::missing("a task").at("task").at("wait").at_index(12).at("facts");
        assert_eq!(error.to_string(), "facts[12].wait.task: missing, expected a task");
        assert_eq!(DecodeError::missing("an end").to_string(), "document: missing, expected an end");
    }
}
