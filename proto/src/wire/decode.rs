//! The few ways in which fields are read, so that every conversion reads like a table.

use super::error::{At, DecodeError, Problem};
use super::v1;
use crate::id::{Epoch, Incarnation, LaneRef, ProcessName, Text};
use crate::ranges::RangeSet;
use std::collections::{BTreeMap, BTreeSet};

pub(super) type Decoded<T> = Result<T, DecodeError>;

/// A scalar that must be there.
pub(super) fn scalar<T>(value: Option<T>, field: &str, expected: &'static str) -> Decoded<T> {
    value.ok_or_else(|| DecodeError::missing(expected).at(field))
}

/// A message that must be there.
pub(super) fn message<W, T>(value: Option<W>, field: &str, expected: &'static str) -> Decoded<T>
where
    T: TryFrom<W, Error = DecodeError>,
{
    scalar(value, field, expected)?.try_into().at(field)
}

/// A message that may be absent.
pub(super) fn optional<W, T>(value: Option<W>, field: &str) -> Decoded<Option<T>>
where
    T: TryFrom<W, Error = DecodeError>,
{
    value.map(TryInto::try_into).transpose().at(field)
}

/// One arm of a `oneof`.
pub(super) fn arm<W, T, E>(value: W, field: &str, wrap: impl FnOnce(T) -> E) -> Decoded<E>
where
    T: TryFrom<W, Error = DecodeError>,
{
    value.try_into().map(wrap).at(field)
}

/// Every element of a list.
pub(super) fn list<W, T, C>(values: Vec<W>, field: &str) -> Decoded<C>
where
    T: TryFrom<W, Error = DecodeError>,
    C: FromIterator<T>,
{
    values
        .into_iter()
        .enumerate()
        .map(|(i, value)| value.try_into().at_index(i))
        .collect::<Result<C, _>>()
        .at(field)
}

/// What makes the elements of a list different from one another.
pub(super) struct Key<K> {
    /// The field that holds it.
    pub(super) field: &'static str,
    /// What is expected of the list.
    pub(super) expected: &'static str,
    /// How the document writes it.
    pub(super) show: fn(&K) -> String,
}

/// Every element of a list of keys and values, each key once.
pub(super) fn map<W, K: Ord, V>(
    values: Vec<W>,
    field: &str,
    key: &Key<K>,
    mut read: impl FnMut(W) -> Decoded<(K, V)>,
) -> Decoded<BTreeMap<K, V>> {
    let mut all = BTreeMap::new();
    for (i, value) in values.into_iter().enumerate() {
        let (k, v) = read(value).at_index(i).at(field)?;
        if all.contains_key(&k) {
            let error = DecodeError::duplicate((key.show)(&k), key.expected);
            return Err(error.at(key.field).at_index(i).at(field));
        }
        all.insert(k, v);
    }
    Ok(all)
}

/// A set given as a list, each member once.
pub(super) fn set<W, T>(
    values: Vec<W>,
    field: &str,
    expected: &'static str,
    of: fn(W) -> T,
) -> Decoded<BTreeSet<T>>
where
    W: Copy + ToString,
    T: Ord,
{
    let mut all = BTreeSet::new();
    for (i, value) in values.into_iter().enumerate() {
        if !all.insert(of(value)) {
            return Err(DecodeError::duplicate(value, expected).at_index(i).at(field));
        }
    }
    Ok(all)
}

/// A set of processes.
pub(super) fn incarnations(values: Vec<u64>, field: &str) -> Decoded<BTreeSet<Incarnation>> {
    set(values, field, "each incarnation once", Incarnation)
}

/// Deaths, each process once.
pub(super) fn deaths(values: Vec<v1::Death>, field: &str) -> Decoded<BTreeMap<Incarnation, Epoch>> {
    const PROCESS: Key<Incarnation> =
        Key { field: "process", expected: "each process once", show: |process| process.0.to_string() };
    map(values, field, &PROCESS, read_death)
}

/// A death.
pub(super) fn read_death(wire: v1::Death) -> Decoded<(Incarnation, Epoch)> {
    let process = scalar(wire.process, "process", "the incarnation of the dead process")?;
    Ok((Incarnation(process), Epoch(wire.since)))
}

/// Writes a death.
pub(super) const fn write_death((process, since): (Incarnation, Epoch)) -> v1::Death {
    v1::Death { process: Some(process.0), since: since.0 }
}

/// A text within its limit. It is refused, not cut, if it is longer: two long keys must not become one.
pub(super) fn text(value: &str, field: &str) -> Decoded<Text> {
    if value.len() > Text::LIMIT {
        let problem = Problem::TooLong(value.len());
        return Err(DecodeError::new(problem, "at most 256 bytes").at(field));
    }
    Ok(Text::new(value))
}

/// Every text of a list.
pub(super) fn texts(values: &[String], field: &str) -> Decoded<Vec<Text>> {
    values.iter().enumerate().map(|(i, value)| text(value, &format!("{field}[{i}]"))).collect()
}

/// The name of a process.
pub(super) fn read_name(value: &str, field: &str) -> Decoded<ProcessName> {
    const NAME: &str = "1 to 128 visible ASCII characters without spaces";
    ProcessName::new(value).map_err(|_| {
        let problem = match value.len() {
            0 => Problem::Missing,
            long if long > ProcessName::LIMIT => Problem::TooLong(long),
            _ => Problem::Invalid(format!("{value:?}")),
        };
        DecodeError::new(problem, NAME).at(field)
    })
}

/// A set of sequence numbers. Ranges must ascend: a list in any other order would cost quadratic time.
pub(super) fn ranges(values: Vec<v1::SequenceRange>, field: &str) -> Decoded<RangeSet> {
    let mut set = RangeSet::new();
    for (i, range) in values.iter().enumerate() {
        let (first, last) = read_range(range, set.last()).at_index(i).at(field)?;
        set.insert_range(first, last);
    }
    Ok(set)
}

fn read_range(range: &v1::SequenceRange, before: Option<u64>) -> Decoded<(u64, u64)> {
    let first = scalar(range.first, "first", "the least number of the range")?;
    let last = range.last.unwrap_or(first);
    if first == 0 {
        return Err(DecodeError::invalid(0, "a number from 1").at("first"));
    }
    if last < first {
        return Err(DecodeError::invalid(last, "a number not below `first`").at("last"));
    }
    if before.is_some_and(|b| first <= b) {
        return Err(DecodeError::invalid(first, "a number above the ranges before").at("first"));
    }
    Ok((first, last))
}

/// Messages of a lane of another process, by number.
pub(super) fn read_numbers(wire: v1::LostMessages) -> Decoded<(LaneRef, RangeSet)> {
    let lane = message(wire.lane, "lane", "the lane of the messages")?;
    Ok((lane, ranges(wire.numbers, "numbers")?))
}

pub(super) fn write_numbers((lane, numbers): (&LaneRef, &RangeSet)) -> v1::LostMessages {
    v1::LostMessages { lane: Some(lane.into()), numbers: write_ranges(numbers) }
}

/// The ranges of a set.
pub(super) fn write_ranges(set: &RangeSet) -> Vec<v1::SequenceRange> {
    let range =
        |(first, last)| v1::SequenceRange { first: Some(first), last: (last != first).then_some(last) };
    set.ranges().map(range).collect()
}

/// The processes of a set.
pub(super) fn write_incarnations(set: &BTreeSet<Incarnation>) -> Vec<u64> {
    set.iter().map(|i| i.0).collect()
}

/// Every element of a list.
pub(super) fn write<'a, T, W>(values: impl IntoIterator<Item = &'a T>) -> Vec<W>
where
    T: 'a,
    W: From<&'a T>,
{
    values.into_iter().map(W::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: Option<u64>, last: Option<u64>) -> v1::SequenceRange {
        v1::SequenceRange { first, last }
    }

    #[test]
    fn ranges_ascend_from_one() {
        let good = vec![range(Some(1), None), range(Some(2), Some(4)), range(Some(9), Some(u64::MAX))];
        assert_eq!(ranges(good, "r").unwrap().to_string(), "1-4,9-18446744073709551615");
        for (bad, message) in [
            (vec![range(None, Some(3))], "r[0].first: missing, expected the least number of the range"),
            (vec![range(Some(0), Some(3))], "r[0].first: 0, expected a number from 1"),
            (vec![range(Some(3), Some(2))], "r[0].last: 2, expected a number not below `first`"),
            (
                vec![range(Some(3), Some(5)), range(Some(5), None)],
                "r[1].first: 5, expected a number above the ranges before",
            ),
        ] {
            assert_eq!(ranges(bad, "r").unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn texts_are_refused_and_not_cut() {
        assert_eq!(text(&"x".repeat(256), "label").unwrap().as_str().len(), 256);
        let error = text(&"x".repeat(257), "label").unwrap_err();
        assert_eq!(error.to_string(), "label: a text of 257 bytes, expected at most 256 bytes");
    }

    #[test]
    fn sets_have_each_member_once() {
        let error = incarnations(vec![3, 4, 3], "settledBy").unwrap_err();
        assert_eq!(error.to_string(), "settledBy[2]: 3 is there twice, expected each incarnation once");
    }
}
