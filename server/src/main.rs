//! The program `stillpoint`.

use std::process::ExitCode;

fn main() -> ExitCode {
    stillpoint_server::cli::main()
}
