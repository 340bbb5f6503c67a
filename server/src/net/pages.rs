//! Pages of lists: bounded in entries and bytes, with tokens that clients pass back as they are.

use prost::Message;
use tonic::Status;

/// How many entries a page has if the client leaves that to the server.
pub const PAGE: usize = 100;
/// The greatest number of entries that a page has.
pub const PAGE_LIMIT: usize = 1000;
/// How many bytes a page has, unless its first entry alone has more.
pub const PAGE_BYTES: usize = 2 << 20;

/// How many entries to give to who asks for `asked`.
pub(super) fn size(asked: u32) -> usize {
    match usize::try_from(asked).unwrap_or(PAGE_LIMIT) {
        0 => PAGE,
        asked => asked.min(PAGE_LIMIT),
    }
}

/// Entries up to the bounds.
#[derive(Debug)]
pub(super) struct Page<T> {
    pub(super) entries: Vec<T>,
    size: usize,
    bytes: usize,
}

impl<T: Message> Page<T> {
    pub(super) fn of(asked: u32) -> Self {
        Page { entries: Vec::new(), size: size(asked), bytes: 0 }
    }

    /// Takes an entry if there is room.
    #[must_use]
    pub(super) fn take(&mut self, entry: T) -> bool {
        let bytes = self.bytes + entry.encoded_len();
        let room = self.entries.is_empty() || (self.entries.len() < self.size && bytes <= PAGE_BYTES);
        if room {
            self.bytes = bytes;
            self.entries.push(entry);
        }
        room
    }
}

/// A token of numbers.
pub(super) fn token(numbers: &[u64]) -> String {
    numbers.iter().map(|number| format!("{number:x}")).collect::<Vec<_>>().join("-")
}

/// The numbers of a token; `None` for the first page.
pub(super) fn read_token<const N: usize>(token: &str) -> Result<Option<[u64; N]>, Status> {
    if token.is_empty() {
        return Ok(None);
    }
    let numbers: Option<Vec<u64>> = token.split('-').map(|n| u64::from_str_radix(n, 16).ok()).collect();
    let numbers = numbers.and_then(|numbers| <[u64; N]>::try_from(numbers).ok());
    numbers.map(Some).ok_or_else(|| {
        let expected = "the next_page_token of an answer of the same method, or none";
        Status::invalid_argument(format!("page_token: `{token}`, expected {expected}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use stillpoint_proto::wire::v1::Process;

    #[test]
    fn tokens_come_back() {
        assert_eq!(read_token::<2>(&token(&[0, u64::MAX])).unwrap(), Some([0, u64::MAX]));
        assert_eq!(read_token::<2>("").unwrap(), None);
        for bad in ["x", "1", "1-2-3", "-", "1-"] {
            let status = read_token::<2>(bad).unwrap_err();
            assert!(status.message().starts_with("page_token: "), "{status}");
        }
    }

    #[test]
    fn pages_are_bounded() {
        let entry = |bytes| Process { name: "x".repeat(bytes), ..Process::default() };
        let mut page = Page::of(2);
        assert!(page.take(entry(1)) && page.take(entry(1)) && !page.take(entry(1)));
        let mut page = Page::of(0);
        assert!(page.take(entry(PAGE_BYTES)), "the first is taken whatever its size");
        assert!(!page.take(entry(1)));
        assert_eq!((size(0), size(7), size(u32::MAX)), (PAGE, 7, PAGE_LIMIT));
    }
}
