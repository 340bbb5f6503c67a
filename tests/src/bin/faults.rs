//! Real processes under real faults: see `stillpoint_tests::faults`.

use std::process::ExitCode;

fn main() -> ExitCode {
    stillpoint_tests::faults::cli::main()
}
