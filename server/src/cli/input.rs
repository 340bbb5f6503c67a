//! Documents from files and standard input.

use super::names::Names;
use super::{CliError, Console, MAX_DOCUMENT};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use stillpoint_proto::snapshot::ConsistentCut;
use stillpoint_proto::verdict::Verdict;
use stillpoint_proto::wire::json::{DocumentError, read_snapshot, read_verdicts};

/// Reads a snapshot and checks it.
pub(super) fn consistent_cut(path: &Path, console: &mut Console<'_>) -> Result<ConsistentCut, CliError> {
    let (name, snapshot) = document(path, console, read_snapshot)?;
    let (deployment, epoch) = (snapshot.deployment, snapshot.epoch);
    let legend = Names::of_snapshot(&snapshot).legend();
    ConsistentCut::check(snapshot).map_err(|faults| CliError::Inconsistent {
        name,
        deployment,
        epoch,
        faults,
        legend,
    })
}

/// Reads a list of verdicts.
pub(super) fn verdicts(path: &Path, console: &mut Console<'_>) -> Result<Vec<Verdict>, CliError> {
    document(path, console, read_verdicts).map(|(_, verdicts)| verdicts)
}

/// Whether a path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn document<T>(
    path: &Path,
    console: &mut Console<'_>,
    parse: fn(&[u8]) -> Result<T, DocumentError>,
) -> Result<(String, T), CliError> {
    let (name, content) = if is_stdin(path) {
        let name = "standard input".to_owned();
        (name, bounded(&mut *console.input))
    } else {
        (path.display().to_string(), File::open(path).and_then(bounded))
    };
    let content = content.map_err(|error| CliError::Read { name: name.clone(), error })?;
    if content.len() as u64 > MAX_DOCUMENT {
        return Err(CliError::TooLong { name, limit: MAX_DOCUMENT });
    }
    match parse(&content) {
        Ok(value) => Ok((name, value)),
        Err(error) => Err(CliError::Malformed { name, error }),
    }
}

/// Everything up to one byte more than is allowed.
fn bounded(source: impl Read) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    source.take(MAX_DOCUMENT + 1).read_to_end(&mut content)?;
    Ok(content)
}
