//! Generates the bindings of the protobuf package `stillpoint.v1`, in memory and without `protoc`.
//!
//! The bindings are committed under `proto/src/wire/generated`, so that who builds Stillpoint needs neither a
//! compiler for protobuf nor this crate. `cargo run -p stillpoint-codegen` writes them anew after a change of
//! the sources; the test of this crate fails as long as that was forgotten.
//!
//! Clients and servers of the services come out behind the features `grpc-client` and `grpc-server` of
//! `stillpoint-proto`, and without a transport.

use prost::Message;
use prost_types::FileDescriptorSet;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The protobuf package.
pub const PACKAGE: &str = "stillpoint.v1";

/// Why no bindings were generated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CodegenError {
    /// A source has an error, which names the file and the line.
    #[error("the protobuf sources do not compile: {0}")]
    Source(#[from] protox::Error),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which file or directory.
        path: PathBuf,
        /// What happened.
        error: std::io::Error,
    },
    /// A generator failed.
    #[error("the bindings could not be generated: {0}")]
    Generator(#[from] std::io::Error),
}

/// The directory with the protobuf sources.
#[must_use]
pub fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../proto")
}

/// The directory with the committed bindings.
#[must_use]
pub fn generated() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/wire/generated")
}

/// Generates every file of the bindings: name and content.
///
/// # Errors
/// [`CodegenError`] if the sources do not compile or cannot be read.
pub fn generate() -> Result<BTreeMap<String, Vec<u8>>, CodegenError> {
    let root = sources();
    let with_comments = protox::compile(source_files(&root)?, [&root])?;
    // The comments become documentation of the bindings; reflection does not need them.
    let mut descriptors = with_comments.clone();
    for file in &mut descriptors.file {
        file.source_code_info = None;
    }
    let descriptors = descriptors.encode_to_vec();

    let mut files = messages(with_comments)?;
    files.insert(format!("{PACKAGE}.serde.rs"), json(&descriptors)?);
    files.insert(format!("{PACKAGE}.bin"), descriptors);
    Ok(files)
}

fn source_files(root: &Path) -> Result<Vec<PathBuf>, CodegenError> {
    let directory = root.join("stillpoint/v1");
    let mut files = Vec::new();
    for entry in read(&directory, fs::read_dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "proto") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn messages(descriptors: FileDescriptorSet) -> Result<BTreeMap<String, Vec<u8>>, CodegenError> {
    let out = tempfile::tempdir()?;
    let builder = tonic_prost_build::configure();
    builder
        .bytes(".")
        .build_transport(false)
        .out_dir(out.path())
        .emit_rerun_if_changed(false)
        .client_mod_attribute(".", "#[cfg(feature = \"grpc-client\")]")
        .server_mod_attribute(".", "#[cfg(feature = \"grpc-server\")]")
        .compile_fds(descriptors)?;
    let mut files = BTreeMap::new();
    for entry in read(out.path(), fs::read_dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        files.insert(name, read(&entry.path(), fs::read)?);
    }
    Ok(files)
}

/// The protobuf JSON mapping, as implementations of serde's traits.
fn json(descriptors: &[u8]) -> Result<Vec<u8>, CodegenError> {
    let mut builder = pbjson_build::Builder::new();
    builder.register_descriptors(descriptors)?;
    let files = builder.generate(&[format!(".{PACKAGE}")], |_| Ok(Vec::new()))?;
    Ok(files.into_iter().flat_map(|(_, content)| content).collect())
}

fn read<T>(path: &Path, how: impl FnOnce(PathBuf) -> std::io::Result<T>) -> Result<T, CodegenError> {
    how(path.to_owned()).map_err(|error| CodegenError::File { path: path.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_bindings_are_those_of_the_sources() {
        let wanted = generate().unwrap();
        let found: BTreeMap<String, Vec<u8>> = fs::read_dir(generated())
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap()))
            .collect();
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&wanted), names(&found));
        for (name, content) in &wanted {
            assert!(found[name] == *content, "{name} is out of date: cargo run -p stillpoint-codegen");
        }
    }
}
