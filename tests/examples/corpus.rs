//! Writes inputs to begin with for each fuzz target: `cargo run -p stillpoint-tests --example corpus -- FOLDER`.
#![allow(clippy::print_stdout, reason = "a program")]

use std::path::Path;
use stillpoint_tests::hostile::TARGETS;
use stillpoint_tests::hostile::seeds::valid;
use stillpoint_tests::random::Random;

/// How many for each target.
const INPUTS: u64 = 200;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "tests/fuzz/corpus".to_owned());
    for (target, _) in TARGETS {
        let folder = Path::new(&folder).join(target);
        std::fs::create_dir_all(&folder)?;
        for seed in 0..INPUTS {
            std::fs::write(folder.join(format!("seed-{seed}")), valid(target, &mut Random::new(seed)))?;
        }
    }
    println!("{INPUTS} inputs for each of {} targets are in {folder}", TARGETS.len());
    Ok(())
}
