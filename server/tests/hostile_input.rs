//! Documents, settings and command lines that were tampered with: an error that says so, or a result, and never a panic.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use clap::Parser;
use stillpoint_server::cli::{Cli, Console, run};
use stillpoint_server::config::{Config, parse_duration};

/// Random numbers from a seed: splitmix64 (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n.max(1) as u64).unwrap()
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    /// Some bytes changed, removed, or taken from elsewhere in the text.
    fn tamper(&mut self, text: &str) -> Vec<u8> {
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let end = (at + self.below(12)).min(bytes.len());
            match self.below(4) {
                0 => bytes.truncate(at.max(1)),
                1 => drop(bytes.drain(at..end)),
                2 => bytes.extend_from_within(at..end),
                _ => {
                    let with = b"0123456789-\"{}[],:e\xff\n"[self.below(21)];
                    bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = with);
                }
            }
        }
        bytes
    }
}

const SEEDS: u64 = 1_000;

const DOCUMENTS: [&str; 4] = [
    include_str!("../examples/deadlock.json"),
    include_str!("../examples/termination.json"),
    include_str!("../examples/garbage.json"),
    include_str!("../examples/conservation.json"),
];

/// What the program does with a document on standard input.
fn program(arguments: &[&str], mut document: &[u8]) -> Result<(), String> {
    let cli = Cli::try_parse_from(arguments).map_err(|error| error.to_string())?;
    let mut output = Vec::new();
    let ended = run(cli, &mut Console { input: &mut document, output: &mut output });
    ended.map(drop).map_err(|error| error.to_string())
}

#[test]
fn documents_that_were_tampered_with_are_analysed_or_refused() {
    println!("seeds 0 to {}", SEEDS - 1);
    let mut refused = 0;
    for seed in 0..SEEDS {
        let mut random = Random(seed);
        let chosen = random.below(DOCUMENTS.len());
        let document = random.tamper(DOCUMENTS[chosen]);
        let output = random.of(&["table", "json"]);
        if let Err(error) = program(&["stillpoint", "analyze", "-", "--output", output], &document) {
            assert!(error.starts_with("standard input: "), "seed {seed}: {error}");
            refused += 1;
        }
    }
    assert!(refused > 0 && refused < SEEDS, "{refused} of {SEEDS}");
}

#[test]
fn verdicts_that_were_tampered_with_are_judged_or_refused() {
    println!("seeds 0 to {}", SEEDS - 1);
    for (at, document) in DOCUMENTS.into_iter().enumerate() {
        let cli = Cli::try_parse_from(["stillpoint", "analyze", "-", "--output", "json"]).unwrap();
        let mut output = Vec::new();
        run(cli, &mut Console { input: &mut document.as_bytes(), output: &mut output }).unwrap();
        let verdicts = String::from_utf8(output).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), document).unwrap();
        let snapshot = file.path().to_str().unwrap();
        for seed in 0..SEEDS / 4 {
            let tampered = Random(seed + at as u64 * SEEDS).tamper(&verdicts);
            if let Err(error) = program(&["stillpoint", "verify", "-", snapshot], &tampered) {
                assert!(!error.is_empty());
            }
        }
    }
}

#[test]
fn settings_that_were_tampered_with_are_taken_or_refused() {
    println!("seeds 0 to {}", SEEDS - 1);
    const SETTINGS: &str = "deployment = \"prod\"\nstore = \"s.db\"\n[server]\nlisten = \"0.0.0.0:7401\"\n\
        [rounds]\ndeadline = \"2s\"\n[sessions]\nsilence = \"10s\"\nlimit = 100\n[[jobs]]\nevery = \"1m\"\n";
    for seed in 0..10 * SEEDS {
        let tampered = Random(seed).tamper(SETTINGS);
        match toml::from_str::<Config>(&String::from_utf8_lossy(&tampered)) {
            Ok(config) => drop(config.check().map(|()| (config.core(), config.deployment_id()))),
            Err(error) => assert!(!error.to_string().is_empty(), "seed {seed}"),
        }
        let text = String::from_utf8_lossy(&Random(seed).tamper("18446744073709551615 ms")).into_owned();
        let _ = parse_duration(&text);
    }
}

#[test]
fn command_lines_of_any_words_are_taken_or_refused() {
    println!("seeds 0 to {}", SEEDS - 1);
    let words = [
        "analyze",
        "verify",
        "ps",
        "died",
        "snapshot",
        "detect",
        "verdicts",
        "watch",
        "wait",
        "serve",
        "-",
        "--",
        "--expect",
        "money=-",
        "--property",
        "deadlock",
        "--output",
        "json",
        "--server",
        "http://[::1",
        "\u{202e}",
        "--timeout",
        "99999999999999999999s",
        "ffffffffffffffff/18446744073709551616",
        "",
        "=",
        "--help",
    ];
    for seed in 0..SEEDS {
        let mut random = Random(seed);
        let mut line = vec!["stillpoint"];
        line.extend((0..random.below(6)).map(|_| random.of(&words)));
        if let Err(error) = Cli::try_parse_from(&line) {
            assert!(!error.to_string().is_empty(), "seed {seed}");
        }
    }
}
