//! Writes the bindings of the protobuf package anew: `cargo run -p stillpoint-codegen`.

use std::fs;
use stillpoint_codegen::{CodegenError, generate, generated};

fn main() -> Result<(), CodegenError> {
    let directory = generated();
    for (name, content) in generate()? {
        let path = directory.join(name);
        fs::write(&path, content).map_err(|error| CodegenError::File { path, error })?;
    }
    Ok(())
}
