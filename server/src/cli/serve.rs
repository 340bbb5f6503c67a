//! `stillpoint serve`: runs the server.
//!
//! A setting comes from its flag, else from its environment variable, else from the configuration file, else it
//! has its default.
//!
//! SIGINT and SIGTERM stop it in good order; a second one ends it at once.

use super::{Console, Exit};
use crate::alerts::AlertsError;
use crate::config::{Config, Job, OutOfRange, PropertyKind, Webhook, parse_duration};
use crate::engine::StartError;
use crate::net::{ServeError, Server};
use std::io;
use std::path::PathBuf;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// Where to listen; port 0 lets the system choose one [env: STILLPOINT_LISTEN] [default: 127.0.0.1:7420]
    #[arg(long, value_name = "HOST:PORT")]
    listen: Option<String>,
    /// The file of the store [env: STILLPOINT_STORE] [default: stillpoint.db]
    #[arg(long, value_name = "FILE")]
    store: Option<PathBuf>,
    /// The name of the deployment, which the agents have too [env: STILLPOINT_DEPLOYMENT] [default: default]
    #[arg(long, value_name = "NAME")]
    deployment: Option<String>,
    /// A configuration file in TOML [env: STILLPOINT_CONFIG]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Look for deadlock, termination and garbage this often, such as `10s`, while there is any process to look
    /// at; in place of the jobs of the file [env: STILLPOINT_INTERVAL]
    #[arg(long, value_name = "DURATION")]
    interval: Option<String>,
    /// Where to post what becomes of verdicts [env: STILLPOINT_WEBHOOK_URL]
    #[arg(long, value_name = "URL")]
    webhook_url: Option<String>,
    /// The key of the signatures: `whsec_` and base64. Others on this machine can see it here: better in the
    /// environment [env: STILLPOINT_WEBHOOK_SECRET]
    #[arg(long, value_name = "SECRET", hide_default_value = true)]
    webhook_secret: Option<String>,
    /// What to log: a level, or levels by module [env: STILLPOINT_LOG] [default: info]
    #[arg(long, value_name = "LEVELS")]
    log: Option<String>,
    /// Print a configuration file in which every setting is explained and has its default, and do nothing else
    #[arg(long)]
    print_config: bool,
}

/// Every setting with its default, as documented.
const EXAMPLE: &str = include_str!("../../docs/stillpoint.toml");

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The configuration file cannot be read.
    #[error("the configuration {path} cannot be read: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What happened.
        source: io::Error,
    },
    /// The configuration file is wrong.
    #[error(
        "the configuration {path} is wrong: {source}`stillpoint serve --print-config` explains every setting"
    )]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and what.
        source: Box<toml::de::Error>,
    },
    /// A setting is out of its range.
    #[error(
        "the configuration cannot be used: {0}; `stillpoint serve --print-config` explains every setting"
    )]
    Setting(#[from] OutOfRange),
    /// The interval is none.
    #[error(
        "the interval `{0}` is no duration: write a whole number above 0 and ms, s, m or h, such as `10s`"
    )]
    Interval(String),
    /// The webhook has no secret.
    #[error(
        "the webhook {0} has no secret: set STILLPOINT_WEBHOOK_SECRET to `whsec_` and base64 of 24 to 64 bytes"
    )]
    NoSecret(String),
    /// A secret without a webhook.
    #[error("there is a secret but no webhook: give its address with --webhook-url")]
    NoWebhook,
    /// What to log is not understood.
    #[error("`{text}` does not say what to log ({source}): write a level, or `module=level,...`")]
    Log {
        /// What was given.
        text: String,
        /// What is wrong with it.
        source: tracing_subscriber::filter::ParseError,
    },
    /// The operating system refused threads or signals.
    #[error("the server's threads or signals cannot be set up: {0}")]
    System(#[from] io::Error),
    /// The server did not start, or failed.
    #[error(transparent)]
    Serve(#[from] ServeError),
}

impl Failure {
    /// How the command ends.
    #[must_use]
    pub const fn exit(&self) -> Exit {
        match self {
            Failure::Serve(ServeError::Start(StartError::Alerts(
                AlertsError::Url { .. } | AlertsError::Secret(_),
            ))) => Exit::Unusable,
            Failure::System(_) | Failure::Serve(_) => Exit::Failed,
            _ => Exit::Unusable,
        }
    }
}

pub(super) fn run(args: &Args, console: &mut Console<'_>) -> Result<Exit, super::CliError> {
    if args.print_config {
        write!(console.output, "{EXAMPLE}")?;
        return Ok(Exit::Done);
    }
    let config = settle(args, &|name| std::env::var(name).ok())?;
    let log = &config.server.log;
    let filter = EnvFilter::try_new(log).map_err(|source| Failure::Log { text: log.clone(), source })?;
    // Within another program that has set up its own log, that one is used.
    let _ = tracing_subscriber::fmt().with_writer(io::stderr).with_env_filter(filter).try_init();
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::System)?;
    runtime.block_on(serve(config, console))?;
    Ok(Exit::Done)
}

async fn serve(config: Config, console: &mut Console<'_>) -> Result<(), super::CliError> {
    let ends = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    let [interrupt, terminate] = ends;
    let (interrupt, terminate) = (interrupt.map_err(Failure::System)?, terminate.map_err(Failure::System)?);
    let (deployment, store) = (config.deployment.clone(), config.store.clone());
    let server = Server::bind(config).await.map_err(Failure::Serve)?;
    let address = server.local_addr();
    writeln!(console.output, "listening on {address} (deployment {deployment}, store {})", store.display())?;
    console.output.flush()?;
    let shutdown = CancellationToken::new();
    let asked = tokio::spawn(wait_for_end(interrupt, terminate, shutdown.clone()));
    let served = server.run_until(shutdown).await.map_err(Failure::Serve);
    asked.abort();
    served.map_err(Into::into)
}

/// The first signal asks the server to stop; the second ends the process, whatever it still waits for.
async fn wait_for_end(mut interrupt: Signal, mut terminate: Signal, shutdown: CancellationToken) {
    let mut next = async || {
        tokio::select! {
            _ = interrupt.recv() => ("SIGINT", SignalKind::interrupt()),
            _ = terminate.recv() => ("SIGTERM", SignalKind::terminate()),
        }
    };
    let (signal, _) = next().await;
    tracing::info!(signal, "stopping; a second signal ends the server at once");
    shutdown.cancel();
    let (signal, kind) = next().await;
    tracing::warn!(signal, "ended before it had stopped: what was not written yet is lost");
    // As a shell tells of a process that a signal has ended.
    std::process::exit(128 + kind.as_raw_value());
}

/// The configuration by flags, environment, file and defaults.
fn settle(args: &Args, environment: &dyn Fn(&str) -> Option<String>) -> Result<Config, Failure> {
    let given = |flag: &Option<String>, name: &str| flag.clone().or_else(|| environment(name));
    let path =
        |flag: &Option<PathBuf>, name: &str| flag.clone().or_else(|| environment(name).map(PathBuf::from));
    let mut config = match path(&args.config, "STILLPOINT_CONFIG") {
        Some(file) => read(file)?,
        None => Config::default(),
    };
    if let Some(listen) = given(&args.listen, "STILLPOINT_LISTEN") {
        config.server.listen = listen;
    }
    if let Some(store) = path(&args.store, "STILLPOINT_STORE") {
        config.store = store;
    }
    if let Some(deployment) = given(&args.deployment, "STILLPOINT_DEPLOYMENT") {
        config.deployment = deployment;
    }
    if let Some(log) = given(&args.log, "STILLPOINT_LOG") {
        config.server.log = log;
    }
    if let Some(interval) = given(&args.interval, "STILLPOINT_INTERVAL") {
        let every = parse_duration(&interval).filter(|every| !every.is_zero());
        let every = every.ok_or(Failure::Interval(interval))?;
        let properties = vec![PropertyKind::Deadlock, PropertyKind::Termination, PropertyKind::Garbage];
        config.jobs = vec![Job { every, properties }];
    }
    let url = given(&args.webhook_url, "STILLPOINT_WEBHOOK_URL");
    let secret = given(&args.webhook_secret, "STILLPOINT_WEBHOOK_SECRET");
    match (&mut config.webhook, url, secret) {
        (Some(webhook), url, secret) => {
            webhook.url = url.unwrap_or_else(|| webhook.url.clone());
            webhook.secret = secret.unwrap_or_else(|| webhook.secret.clone());
            if webhook.secret.is_empty() {
                return Err(Failure::NoSecret(webhook.url.clone()));
            }
        }
        (none, Some(url), Some(secret)) => *none = Some(Webhook::new(&url, &secret)),
        (None, Some(url), None) => return Err(Failure::NoSecret(url)),
        (None, None, Some(_)) => return Err(Failure::NoWebhook),
        (None, None, None) => {}
    }
    config.check()?;
    Ok(config)
}

fn read(path: PathBuf) -> Result<Config, Failure> {
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) => return Err(Failure::Read { path, source }),
    };
    toml::from_str(&text).map_err(|source| Failure::Parse { path, source: Box::new(source) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(args: Args, environment: &[(&str, &str)]) -> Result<Config, Failure> {
        let find = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        settle(&args, &find)
    }

    #[test]
    fn the_example_has_the_defaults() {
        assert_eq!(toml::from_str::<Config>(EXAMPLE).unwrap(), Config::default());
    }

    #[test]
    fn the_examples_that_are_commented_out_are_settings_too() {
        let is_setting = |line: &str| {
            line.starts_with('[') || line.split_once(" = ").is_some_and(|(k, _)| !k.contains(' '))
        };
        let uncommented =
            |line: &str| line.strip_prefix("# ").filter(|l| is_setting(l)).unwrap_or(line).to_owned();
        let text: Vec<String> = EXAMPLE.lines().map(uncommented).collect();
        let config: Config = toml::from_str(&text.join("\n")).unwrap();
        assert_eq!((config.jobs.len(), config.gauges.len()), (1, 1));
        assert!(config.webhook.is_some());
    }

    #[test]
    fn a_flag_counts_more_than_the_environment_and_that_more_than_the_file() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("s.toml");
        std::fs::write(&file, "deployment = 'file'\nstore = 'file.db'\n[server]\nlisten = 'file:1'").unwrap();
        let args = Args {
            config: Some(file),
            listen: Some("flag:1".into()),
            interval: Some("10s".into()),
            ..Args::default()
        };
        let environment = [
            ("STILLPOINT_LISTEN", "environment:1"),
            ("STILLPOINT_STORE", "environment.db"),
            ("STILLPOINT_WEBHOOK_URL", "http://127.0.0.1:1/"),
            ("STILLPOINT_WEBHOOK_SECRET", "whsec_x"),
        ];
        let config = settled(args, &environment).unwrap();
        assert_eq!(config.server.listen, "flag:1");
        assert_eq!(config.store, PathBuf::from("environment.db"));
        assert_eq!(config.deployment, "file");
        assert_eq!(config.jobs[0].every.as_secs(), 10);
        assert_eq!(config.webhook, Some(Webhook::new("http://127.0.0.1:1/", "whsec_x")));
        assert_eq!(settled(Args::default(), &[]).unwrap(), Config::default());
    }

    #[test]
    fn a_webhook_of_the_file_may_have_its_secret_in_the_environment() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("s.toml");
        std::fs::write(&file, "[webhook]\nurl = 'http://127.0.0.1:1/'\nattempts = 3").unwrap();
        let with = |environment| settled(Args { config: Some(file.clone()), ..Args::default() }, environment);
        let webhook = with(&[("STILLPOINT_WEBHOOK_SECRET", "whsec_x")]).unwrap().webhook;
        let expected = Webhook { attempts: 3, ..Webhook::new("http://127.0.0.1:1/", "whsec_x") };
        assert_eq!(webhook, Some(expected));
        let error = with(&[]).unwrap_err().to_string();
        let named = "the webhook http://127.0.0.1:1/ has no secret: set STILLPOINT_WEBHOOK_SECRET";
        assert!(error.starts_with(named), "{error}");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("s.toml");
        let with = |text: &str| {
            std::fs::write(&file, text).unwrap();
            settled(Args { config: Some(file.clone()), ..Args::default() }, &[]).unwrap_err().to_string()
        };
        let error = with("[server]\nlisen = 'x'");
        assert!(error.contains("s.toml") && error.contains("lisen") && error.contains("line 2"), "{error}");
        let error = with("[sessions]\nlimit = 0");
        assert!(error.contains("`sessions.limit` is 0: it has to be from 1 to 1000000"), "{error}");
        let missing = Args { config: Some("/nowhere/s.toml".into()), ..Args::default() };
        let error = settled(missing, &[]).unwrap_err();
        assert!(error.to_string().contains("/nowhere/s.toml"), "{error}");
        assert_eq!(error.exit(), Exit::Unusable);
        for (name, value, expected) in [
            ("STILLPOINT_INTERVAL", "ten", "the interval `ten` is no duration"),
            ("STILLPOINT_INTERVAL", "0s", "above 0"),
            ("STILLPOINT_WEBHOOK_URL", "http://x/", "set STILLPOINT_WEBHOOK_SECRET"),
            ("STILLPOINT_WEBHOOK_SECRET", "whsec_x", "--webhook-url"),
        ] {
            let error = settled(Args::default(), &[(name, value)]).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
