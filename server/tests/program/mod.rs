//! Running the program.
#![allow(clippy::unwrap_used, reason = "test code")]
#![allow(dead_code, unreachable_pub, reason = "each test program uses some of it")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Runs the program with this standard input.
pub fn stillpoint(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_stillpoint"))
        .args(args)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Checks how a run ended and what it wrote.
pub fn check(args: &[&str], input: &str, code: i32, stdout: &str, stderr: &str) {
    let output = stillpoint(args, input);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!((output.status.code(), &*out, &*err), (Some(code), stdout, stderr), "{args:?} {input}");
}

/// The verdicts on an example as JSON.
pub fn verdicts(example: &str, more: &[&str]) -> String {
    let output = stillpoint(&[&["analyze", example, "--output", "json"], more].concat(), "");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}
