//! Connections that can be cut, slowed, frozen and half closed: a TCP proxy on loopback.
//!
//! A [`Line`] is one address that always leads to the same end, whatever port that end has at the moment, as the name of a
//! service does. Every connection through it does as the line is told.
//!
//! ```text
//!   worker-1 ---> line "worker-1 to worker-2" ---> worker-2, in whichever incarnation
//!                   open | slow | frozen            cut: both ends are reset or closed
//!                                                   one-sided: one end is reset, the other hears nothing for a while
//!                                                   half closed: one direction ends, the other goes on
//! ```

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How many bytes are taken from a connection at a time.
const CHUNK: usize = 8 << 10;

/// One of the two directions of a connection, named by who sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// What who has connected sends.
    FromCaller,
    /// What who was connected to sends.
    ToCaller,
}

/// How bytes pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// At once.
    Open,
    /// So late for each piece, and no more than so many bytes in a second.
    Slow {
        /// How late.
        delay: Duration,
        /// How many.
        bytes_per_second: u32,
    },
    /// Not at all; nobody is told.
    Frozen,
    /// One direction has ended, as its receiver sees it; what its sender sends is taken by nobody.
    HalfClosed(Direction),
}

/// How the connections of a line are ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Both ends are reset.
    Reset,
    /// Both ends see the other close.
    Close,
    /// The end that gets what goes in this direction hears nothing until the line is cut again; the other is reset.
    OneSided(Direction),
}

/// What the connections of a line are to do.
#[derive(Clone, Copy, Debug)]
struct Conduct {
    flow: Flow,
    /// How many cuts there were, and how the last was made.
    cuts: u64,
    last: Cut,
}

/// One address that leads to one end.
#[derive(Debug)]
pub struct Line {
    address: SocketAddr,
    conduct: watch::Sender<Conduct>,
}

impl Line {
    /// A line that leads to whatever port of loopback is in `target`: 0 for none.
    ///
    /// # Errors
    /// If the system has no port.
    pub async fn open(target: Arc<AtomicU16>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (conduct, orders) = watch::channel(Conduct { flow: Flow::Open, cuts: 0, last: Cut::Close });
        tokio::spawn(accept(listener, target, orders));
        Ok(Line { address, conduct })
    }

    /// Where to connect to.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// How bytes are to pass from now on.
    pub fn set(&self, flow: Flow) {
        self.conduct.send_modify(|conduct| conduct.flow = flow);
    }

    /// Ends the connections that there are.
    pub fn cut(&self, how: Cut) {
        self.conduct.send_modify(|conduct| {
            conduct.cuts += 1;
            conduct.last = how;
        });
    }

    /// Bytes pass, and what was only half there is ended.
    pub fn heal(&self, ends: bool) {
        self.set(Flow::Open);
        if ends {
            self.cut(Cut::Reset);
        }
    }
}

async fn accept(listener: TcpListener, target: Arc<AtomicU16>, orders: watch::Receiver<Conduct>) {
    loop {
        let Ok((caller, _)) = listener.accept().await else { return };
        let mut orders = orders.clone();
        orders.mark_unchanged();
        tokio::spawn(connection(caller, target.load(Ordering::Relaxed), orders));
    }
}

/// One connection, until it is cut or both directions have ended.
async fn connection(caller: TcpStream, port: u16, mut orders: watch::Receiver<Conduct>) {
    // As when a connection is lost on its way: whoever calls a frozen line is not told that nobody answers.
    let before = orders.borrow().cuts;
    if orders.wait_for(|conduct| conduct.flow != Flow::Frozen || conduct.cuts != before).await.is_err() {
        return;
    }
    let Ok(callee) = TcpStream::connect(("127.0.0.1", port)).await else { return };
    let _ = (caller.set_nodelay(true), callee.set_nodelay(true));
    let before = orders.borrow().cuts;
    let (caller_read, caller_write) = caller.into_split();
    let (callee_read, callee_write) = callee.into_split();
    let mut forth = Pump::new(Direction::FromCaller, caller_read, callee_write, &orders);
    let mut back = Pump::new(Direction::ToCaller, callee_read, caller_write, &orders);
    let mut cuts = orders.clone();
    let ended = tokio::select! {
        ended = async { tokio::try_join!(forth.run(), back.run()).map(drop) } => ended,
        how = async { cuts.wait_for(|conduct| conduct.cuts != before).await.ok().map(|conduct| conduct.last) } => {
            let Some(how) = how else { return };
            return cut_off(forth, back, how, orders).await;
        }
    };
    if ended.is_err() {
        forth.reset();
        back.reset();
    }
}

/// Ends a connection in the way that was asked for.
async fn cut_off(forth: Pump, back: Pump, how: Cut, mut orders: watch::Receiver<Conduct>) {
    let silent = match how {
        Cut::Close => return,
        Cut::Reset => {
            forth.reset();
            return back.reset();
        }
        Cut::OneSided(direction) => direction,
    };
    // Each pump writes to one of the ends, and reads from the other.
    let Pump { read: caller_read, write: callee_write, .. } = forth;
    let Pump { read: callee_read, write: caller_write, .. } = back;
    let caller = caller_read.reunite(caller_write);
    let callee = callee_read.reunite(callee_write);
    let (Ok(caller), Ok(callee)) = (caller, callee) else { return };
    let (gone, kept) = match silent {
        Direction::FromCaller => (caller, callee),
        Direction::ToCaller => (callee, caller),
    };
    // A socket that is gone already needs no more.
    let _ = gone.set_zero_linger();
    drop(gone);
    let before = orders.borrow_and_update().cuts;
    // It ends with the line too.
    let _ = orders.wait_for(|conduct| conduct.cuts != before).await;
    drop(kept);
}

/// What carries one direction.
struct Pump {
    direction: Direction,
    read: OwnedReadHalf,
    write: OwnedWriteHalf,
    orders: watch::Receiver<Conduct>,
}

impl Pump {
    fn new(
        direction: Direction,
        read: OwnedReadHalf,
        write: OwnedWriteHalf,
        orders: &watch::Receiver<Conduct>,
    ) -> Self {
        Pump { direction, read, write, orders: orders.clone() }
    }

    /// Carries bytes until there are no more, and says so to who gets them.
    async fn run(&mut self) -> io::Result<()> {
        let mut piece = vec![0; CHUNK];
        loop {
            self.may_pass().await?;
            let length = self.read.read(&mut piece).await?;
            if length == 0 {
                return self.write.shutdown().await;
            }
            // What was read when the line froze stays here until it flows again.
            self.may_pass().await?;
            let flow = self.orders.borrow().flow;
            if let Flow::Slow { delay, bytes_per_second } = flow {
                let more = length as f64 / f64::from(bytes_per_second.max(1));
                tokio::time::sleep(delay + Duration::from_secs_f64(more)).await;
            }
            self.write.write_all(&piece[..length]).await?;
        }
    }

    /// Waits while nothing passes in this direction.
    async fn may_pass(&mut self) -> io::Result<()> {
        loop {
            let flow = self.orders.borrow_and_update().flow;
            match flow {
                Flow::Open | Flow::Slow { .. } => return Ok(()),
                Flow::HalfClosed(direction) if direction != self.direction => return Ok(()),
                Flow::HalfClosed(_) => self.write.shutdown().await?,
                Flow::Frozen => {}
            }
            let changed = self.orders.changed().await;
            changed.map_err(|_| io::Error::from(io::ErrorKind::ConnectionAborted))?;
        }
    }

    /// Who gets what this carries is told that the connection was reset.
    fn reset(&self) {
        // A socket that is gone already needs no more.
        let _ = self.write.as_ref().set_zero_linger();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::timeout;

    const SOON: Duration = Duration::from_millis(200);

    /// A line with a connection through it: the caller's end and the other.
    async fn connected() -> (Line, TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let line = Line::open(Arc::new(AtomicU16::new(port))).await.unwrap();
        let mut caller = TcpStream::connect(line.address()).await.unwrap();
        let (mut callee, _) = listener.accept().await.unwrap();
        // It is through when something has passed both ways.
        caller.write_all(b"a").await.unwrap();
        assert_eq!(callee.read_u8().await.unwrap(), b'a');
        callee.write_all(b"b").await.unwrap();
        assert_eq!(caller.read_u8().await.unwrap(), b'b');
        (line, caller, callee)
    }

    #[tokio::test]
    async fn a_frozen_line_holds_what_is_sent_and_delivers_it_when_it_flows() {
        let (line, mut caller, mut callee) = connected().await;
        line.set(Flow::Frozen);
        caller.write_all(b"x").await.unwrap();
        assert!(timeout(SOON, callee.read_u8()).await.is_err());
        line.heal(false);
        assert_eq!(callee.read_u8().await.unwrap(), b'x');
    }

    #[tokio::test]
    async fn a_reset_is_an_error_and_a_close_an_end() {
        let (line, mut caller, mut callee) = connected().await;
        line.cut(Cut::Reset);
        assert!(caller.read_u8().await.is_err() && callee.read_u8().await.is_err());
        let (line, mut caller, mut callee) = connected().await;
        line.cut(Cut::Close);
        let mut rest = Vec::new();
        assert_eq!(caller.read_to_end(&mut rest).await.unwrap(), 0);
        assert_eq!(callee.read_to_end(&mut rest).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn a_one_sided_cut_is_noticed_by_the_other_side_only_later() {
        let (line, mut caller, mut callee) = connected().await;
        line.cut(Cut::OneSided(Direction::FromCaller));
        assert!(caller.read_u8().await.is_err());
        assert!(timeout(SOON, callee.read_u8()).await.is_err(), "it hears nothing");
        line.cut(Cut::Reset);
        assert!(timeout(Duration::from_secs(10), callee.read_u8()).await.unwrap().is_err());
    }

    #[tokio::test]
    async fn a_half_closed_line_goes_on_in_the_other_direction() {
        let (line, mut caller, mut callee) = connected().await;
        line.set(Flow::HalfClosed(Direction::FromCaller));
        caller.write_all(b"lost").await.unwrap();
        let mut rest = Vec::new();
        assert_eq!(callee.read_to_end(&mut rest).await.unwrap(), 0);
        callee.write_all(b"y").await.unwrap();
        assert_eq!(caller.read_u8().await.unwrap(), b'y');
    }

    #[tokio::test]
    async fn who_calls_a_line_that_leads_nowhere_is_told() {
        let line = Line::open(Arc::default()).await.unwrap();
        let mut caller = TcpStream::connect(line.address()).await.unwrap();
        assert!(caller.read_u8().await.is_err());
    }
}
