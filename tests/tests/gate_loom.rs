//! Model checks of the gate: small programs in every interleaving and with every value that a relaxed read may
//! yield, each cut held against the oracle.
//!
//! The gate is the production file, compiled here a second time against the model checker's locks, atomics and
//! thread-locals. Each program is run as the rules want it, where no cut may be wrong, and with one rule broken,
//! where some cut must be: a model that cannot tell the two apart checks nothing. The number of executions has a
//! floor, so that the space cannot shrink unseen.

// Private modules of a test binary; the production file has more than the models call.
#![allow(unreachable_pub, dead_code, reason = "shared and production files are compiled in whole")]

#[path = "../src/concurrency/flawed.rs"]
mod flawed;
#[path = "../src/concurrency/oracle.rs"]
mod oracle;
/// The production file; what it takes from the module above it, it finds here: `sync` and `Epoch`.
#[path = "../../proto/src/gate/stripes.rs"]
mod stripes;

/// The model checker's primitives under the names that the gate uses.
mod sync {
    pub use loom::sync::atomic::{AtomicU64, Ordering};
    pub use loom::sync::{Mutex, MutexGuard};
    use std::cell::Cell;

    loom::thread_local! {
        pub static OPEN: Cell<usize> = Cell::new(0);
        static NUMBER: Cell<usize> = Cell::new(0);
    }

    pub fn thread_number() -> usize {
        NUMBER.with(Cell::get)
    }

    /// Models say which stripe a thread has: a counter would be one more thing to explore.
    pub fn number_thread(number: usize) {
        NUMBER.with(|n| n.set(number));
    }
}

use flawed::{Flaw, SimpleGate};
use loom::sync::Mutex;
use loom::sync::atomic::{AtomicU64, Ordering};
use loom::thread::{self, JoinHandle};
use oracle::{Cut, Id, Note, Step, Violation};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, PoisonError};
use stillpoint_proto::id::Epoch;
use stripes::Gate;

/// A round and what was collected for it.
type Taken = (Epoch, Vec<(Epoch, Note)>);

const LAST: Epoch = Epoch(u64::MAX);
/// What the rest of a program does to the lock or permit when nobody has released it yet.
const NOBODY: Id = 1;

/// What came of exploring a program.
struct Explored {
    name: &'static str,
    executions: usize,
    violations: Vec<Violation>,
    wrong: usize,
}

impl Explored {
    #[track_caller]
    fn never_wrong(self, floor: usize) {
        assert_eq!(self.wrong, 0, "{}: {:?}", self.name, self.violations);
        assert!(self.executions >= floor, "{}: only {} executions", self.name, self.executions);
    }

    /// Some execution of this program, which breaks a rule, went wrong in just this way.
    #[track_caller]
    fn caught(self, violation: Violation) {
        let (name, found) = (self.name, self.violations);
        assert!(found.contains(&violation), "{name}: {violation:?} is not in {found:?}");
    }
}

/// Runs `program` in every way there is. It returns what was collected, round by round; all in all that must be
/// `entries` entries (or as many as it says), with `tokens` tokens at every cut.
fn explore(
    name: &'static str,
    tokens: i64,
    program: impl Fn() -> (Vec<Taken>, usize) + Send + Sync + 'static,
) -> Explored {
    let executions = Arc::new(AtomicUsize::new(0));
    let violations = Arc::new(std::sync::Mutex::new((0, Vec::new())));
    let (count, found) = (Arc::clone(&executions), Arc::clone(&violations));
    let mut model = loom::model::Builder::new();
    model.preemption_bound = model.preemption_bound.or(Some(PREEMPTIONS));
    model.check(move || {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let (rounds, entries) = program();
        if let Err(violation) = judge(tokens, &rounds, entries) {
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.0 += 1;
            if !found.1.contains(&violation) {
                found.1.push(violation);
            }
        }
    });
    let executions = executions.load(std::sync::atomic::Ordering::Relaxed);
    let (wrong, violations) = violations.lock().unwrap_or_else(PoisonError::into_inner).clone();
    eprintln!("{name}: {executions} executions, {wrong} with a wrong cut {violations:?}");
    Explored { name, executions, violations, wrong }
}

fn judge(tokens: i64, rounds: &[Taken], entries: usize) -> Result<(), Violation> {
    let mut cut = Cut::before_all(tokens);
    rounds.iter().try_for_each(|(below, taken)| cut.advance(*below, taken))?;
    cut.finish(entries)
}

/// How often running threads may be interrupted, unless `LOOM_MAX_PREEMPTIONS` says otherwise. Most faults need no
/// more than two (Musuvathi and Qadeer, "Iterative context bounding", 2007), and so do all the flaws below.
const PREEMPTIONS: usize = 3;

fn lock<T>(mutex: &Mutex<T>) -> loom::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn note(event: Id, after: &[Id], step: Step) -> Note {
    Note { event, after: after.iter().copied().filter(|&id| id != NOBODY).collect(), step }
}

/// Starts a thread on stripe `stripe`.
fn spawn<T: 'static>(stripe: usize, work: impl FnOnce() -> T + 'static) -> JoinHandle<T> {
    thread::spawn(move || {
        sync::number_thread(stripe);
        work()
    })
}

fn join<T>(handle: JoinHandle<T>) -> T {
    handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// What the programs need of a gate, for the real one and the simple one.
trait Recorder: Send + Sync + 'static {
    fn record(&self, notes: Vec<Note>);
    fn take(&self, below: Epoch) -> Taken;
}

impl Recorder for Gate<Note> {
    fn record(&self, notes: Vec<Note>) {
        self.event(|event| notes.into_iter().for_each(|note| event.record(note)));
    }

    fn take(&self, below: Epoch) -> Taken {
        (below, self.collect(below))
    }
}

impl Recorder for SimpleGate {
    fn record(&self, notes: Vec<Note>) {
        SimpleGate::record(self, notes);
    }

    fn take(&self, below: Epoch) -> Taken {
        (below, self.collect(below))
    }
}

fn gate(stripes: usize, capacity: usize) -> Arc<Gate<Note>> {
    Arc::new(Gate::with_size(stripes, capacity, Vec::new()))
}

/// Two threads pass a lock while a third cuts.
fn lock_passed<G: Recorder>(gate: Arc<G>, hold: fn(&G, Id, &Mutex<Id>)) -> (Vec<Taken>, usize) {
    let mutex = Arc::new(Mutex::new(NOBODY));
    let workers = [0, 1].map(|stripe| {
        let (gate, mutex) = (Arc::clone(&gate), Arc::clone(&mutex));
        spawn(stripe, move || hold(&gate, 10 * (stripe as Id + 1), &mutex))
    });
    let cut = gate.take(Epoch(1));
    workers.into_iter().for_each(join);
    (vec![cut, gate.take(LAST)], 4)
}

/// As the rules want it: lock, record the hold, work, record the release, unlock.
fn hold_as_ruled<G: Recorder>(gate: &G, id: Id, mutex: &Mutex<Id>) {
    let mut last = lock(mutex);
    gate.record(vec![note(id, &[*last], Step::Hold(0))]);
    gate.record(vec![note(id + 1, &[id], Step::Release(0))]);
    *last = id + 1;
}

#[test]
fn a_lock_passed_between_threads() {
    explore("lock", 0, || lock_passed(gate(2, 8), hold_as_ruled)).never_wrong(1_250);
}

#[test]
fn a_lock_passed_between_threads_of_one_stripe() {
    explore("lock, one stripe", 0, || lock_passed(gate(1, 8), hold_as_ruled)).never_wrong(900);
}

#[test]
fn a_full_log_is_spilled_while_it_is_collected() {
    explore("lock, full logs", 0, || lock_passed(gate(2, 1), hold_as_ruled)).never_wrong(2_500);
}

/// Breaks E1, second half: the acquiring event reads the epoch, then waits for the lock.
#[test]
fn an_acquiring_event_that_reads_the_epoch_before_it_has_the_lock_is_caught() {
    fn hold<'m>(gate: &Gate<Note>, id: Id, mutex: &'m Mutex<Id>) {
        let mut last = gate.event(|event| {
            event.epoch();
            let last: loom::sync::MutexGuard<'m, Id> = lock(mutex);
            event.record(note(id, &[*last], Step::Hold(0)));
            last
        });
        gate.record(vec![note(id + 1, &[id], Step::Release(0))]);
        *last = id + 1;
    }
    explore("lock, E1 acquire", 0, || lock_passed(gate(2, 8), hold)).caught(Violation::Holders(0, 2));
}

/// Breaks E1, first half: the release is recorded when the next one may have the lock already.
#[test]
fn a_release_recorded_after_the_unlock_is_caught() {
    fn hold(gate: &Gate<Note>, id: Id, mutex: &Mutex<Id>) {
        let mut last = lock(mutex);
        gate.record(vec![note(id, &[*last], Step::Hold(0))]);
        *last = id + 1;
        drop(last);
        gate.record(vec![note(id + 1, &[id], Step::Release(0))]);
    }
    explore("lock, E1 publish", 0, || lock_passed(gate(2, 8), hold)).caught(Violation::Holders(0, 2));
}

#[test]
fn the_simple_gate_without_a_flaw_is_never_wrong() {
    explore("simple gate", 0, || lock_passed(Arc::new(SimpleGate::new(Flaw::None, 1)), hold_as_ruled))
        .never_wrong(6_000);
}

#[test]
fn the_simple_gate_that_never_spills_is_never_wrong_either() {
    explore("simple gate, ample", 0, || lock_passed(Arc::new(SimpleGate::new(Flaw::None, 8)), hold_as_ruled))
        .never_wrong(4_300);
}

/// Breaks E5: what covers the reading of the epoch must have been announced before it.
#[test]
fn an_epoch_read_outside_the_stripes_lock_is_caught() {
    explore("simple gate, E5", 0, || {
        lock_passed(Arc::new(SimpleGate::new(Flaw::EpochBeforeLock, 8)), hold_as_ruled)
    })
    .caught(Violation::Misplaced(11));
}

/// Breaks E7: events that read the older epoch may come after the stripe was emptied.
#[test]
fn a_collection_that_empties_logs_before_it_raises_is_caught() {
    explore("simple gate, E7 raise", 0, || {
        lock_passed(Arc::new(SimpleGate::new(Flaw::CollectBeforeRaise, 8)), hold_as_ruled)
    })
    .caught(Violation::Misplaced(11));
}

/// Breaks E7: entries on their way from a full log to the fold are in neither.
#[test]
fn a_full_log_spilled_outside_the_stripes_lock_is_caught() {
    explore("simple gate, E7 spill", 0, || {
        lock_passed(Arc::new(SimpleGate::new(Flaw::SpillAfterUnlock, 1)), hold_as_ruled)
    })
    .caught(Violation::Misplaced(10));
}

/// An event of several entries on a log of one: part of it is spilled while it is still being recorded.
#[test]
fn an_event_greater_than_its_log_stays_whole() {
    explore("great event", 0, || {
        let gate = gate(1, 1);
        let worker = {
            let gate = Arc::clone(&gate);
            spawn(0, move || {
                // The second entry undoes the first: a cut between the two would show a negative holder.
                let both = |id, after: &[Id]| {
                    vec![note(id, after, Step::Release(0)), note(id, after, Step::Hold(0))]
                };
                gate.record(both(10, &[]));
                gate.record(both(11, &[10]));
            })
        };
        let first = gate.take(Epoch(1));
        let second = gate.take(Epoch(2));
        join(worker);
        (vec![first, second, gate.take(LAST)], 4)
    })
    .never_wrong(170);
}

/// An inner event, which is a fault of the caller, neither hangs nor gets below a cut that was made.
#[test]
fn an_event_inside_an_event_is_not_lost() {
    explore("nested", 0, || {
        let gate = gate(2, 8);
        let worker = {
            let gate = Arc::clone(&gate);
            spawn(1, move || {
                gate.event(|_| gate.record(vec![note(10, &[], Step::Hold(0))]));
                gate.record(vec![note(11, &[10], Step::Release(0))]);
            })
        };
        let cut = gate.take(Epoch(1));
        join(worker);
        assert_eq!(gate.nested(), 1);
        (vec![cut, gate.take(LAST)], 2)
    })
    .never_wrong(55);
}

/// Two threads collect at once: what both get is the lower cut, whoever got it, and nothing is lost or doubled.
#[test]
fn two_collectors_at_once_leave_nothing_behind() {
    explore("two collectors", 0, || {
        let gate = gate(1, 1);
        let (worker, other) = (Arc::clone(&gate), Arc::clone(&gate));
        let worker = spawn(0, move || {
            worker.record(vec![note(10, &[], Step::Hold(0))]);
            worker.record(vec![note(11, &[10], Step::Release(0))]);
        });
        let other = spawn(0, move || other.collect(Epoch(1)));
        let mut both = gate.take(Epoch(1));
        both.1.extend(join(other));
        join(worker);
        (vec![both, gate.take(LAST)], 2)
    })
    .never_wrong(3_800);
}

/// Raises that race: the epoch ends at the highest and never goes back, and of those who raise to the same epoch one
/// alone is told that it made the cut.
#[test]
fn racing_raises_never_lower_the_epoch() {
    explore("raises", 0, || {
        let gate = gate(1, 8);
        let raisers = [1, 2, 2].map(|epoch| {
            let gate = Arc::clone(&gate);
            spawn(0, move || {
                let raised = gate.raise(Epoch(epoch));
                assert!(gate.epoch() >= Epoch(epoch));
                raised && epoch == 2
            })
        });
        let first = gate.epoch();
        assert!(first <= gate.epoch());
        let told = raisers.into_iter().map(join).filter(|&told| told).count();
        assert_eq!((told, gate.epoch()), (1, Epoch(2)));
        (Vec::new(), 0)
    })
    .never_wrong(3_400);
}

/// How a guard is dropped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Drops {
    AsRuled,
    RecordedLate,
    WithoutOrder,
}

/// Task 1 holds a permit and drops its guard; task 2, which has heard of round 2, takes the permit if it is free.
/// Two rounds overlap: 2 is known to some before 1 has been collected.
fn guard_dropped(drops: Drops) -> (Vec<Taken>, usize) {
    let gate = gate(2, 8);
    // 0: taken; else free, since that event.
    let permit = Arc::new(AtomicU64::new(0));
    gate.record(vec![note(10, &[], Step::Hold(0))]);
    let dropper = {
        let (gate, permit) = (Arc::clone(&gate), Arc::clone(&permit));
        spawn(0, move || {
            let record = || gate.record(vec![note(11, &[10], Step::Release(0))]);
            let order = if drops == Drops::WithoutOrder { Ordering::Relaxed } else { Ordering::Release };
            if drops == Drops::RecordedLate {
                permit.store(11, order);
                record();
            } else {
                record();
                permit.store(11, order);
            }
        })
    };
    let taker = {
        let (gate, permit) = (Arc::clone(&gate), Arc::clone(&permit));
        spawn(1, move || {
            let order = if drops == Drops::WithoutOrder { Ordering::Relaxed } else { Ordering::Acquire };
            let free = permit.swap(0, order);
            if free == 0 {
                return 0;
            }
            gate.record(vec![note(20, &[free], Step::Hold(0))]);
            gate.raise(Epoch(2));
            gate.record(vec![note(21, &[20], Step::Release(0))]);
            2
        })
    };
    let first = gate.take(Epoch(1));
    let second = gate.take(Epoch(2));
    join(dropper);
    let taken = join(taker);
    (vec![first, second, gate.take(LAST)], 2 + taken)
}

#[test]
fn a_guard_dropped_and_taken_under_overlapping_cuts() {
    explore("guard", 0, || guard_dropped(Drops::AsRuled)).never_wrong(1_100);
}

/// Breaks E1: the drop of a guard publishes.
#[test]
fn a_guard_whose_drop_is_recorded_late_is_caught() {
    explore("guard, E1", 0, || guard_dropped(Drops::RecordedLate)).caught(Violation::Holders(0, 2));
}

/// Breaks what the gate's text asks of effects: a relaxed store orders nothing, so the taker may read an older epoch.
#[test]
fn an_effect_that_orders_nothing_is_caught() {
    explore("guard, relaxed", 0, || guard_dropped(Drops::WithoutOrder)).caught(Violation::Holders(0, 2));
}

/// Who removes the target of a wait that a hand-off satisfies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HandOff {
    Publisher,
    PublisherLate,
    Receiver,
}

/// Task 2 holds a lock and waits for task 1, which sends to it and then waits for the lock. At no moment do the
/// two wait for one another, polled or not.
fn handed_off(resolves: HandOff) -> (Vec<Taken>, usize) {
    let gate = gate(2, 8);
    let cell = Arc::new(Mutex::new(NOBODY));
    gate.record(vec![note(20, &[], Step::Wait(2, 1))]);
    let publisher = {
        let (gate, cell) = (Arc::clone(&gate), Arc::clone(&cell));
        spawn(0, move || {
            let resolve = || gate.record(vec![note(10, &[20], Step::Resolved(2, 1))]);
            match resolves {
                HandOff::Publisher => {
                    resolve();
                    *lock(&cell) = 10;
                    gate.record(vec![note(11, &[10], Step::Wait(1, 2))]);
                }
                HandOff::PublisherLate => {
                    *lock(&cell) = 10;
                    gate.record(vec![note(11, &[], Step::Wait(1, 2))]);
                    resolve();
                }
                HandOff::Receiver => {
                    *lock(&cell) = 20;
                    gate.record(vec![note(11, &[], Step::Wait(1, 2))]);
                }
            }
        })
    };
    let receiver = {
        let (gate, cell) = (Arc::clone(&gate), Arc::clone(&cell));
        spawn(1, move || {
            let sent = *lock(&cell);
            if sent == NOBODY {
                return 0;
            }
            let mut notes = vec![note(21, &[sent, 20], Step::Hold(0))];
            if resolves == HandOff::Receiver {
                notes.push(note(21, &[20], Step::Resolved(2, 1)));
            }
            let n = notes.len();
            gate.record(notes);
            n
        })
    };
    let first = gate.take(Epoch(1));
    join(publisher);
    let received = join(receiver);
    let published = if resolves == HandOff::Receiver { 1 } else { 2 };
    (vec![first, gate.take(LAST)], 1 + published + received)
}

#[test]
fn a_hand_off_is_no_phantom_wait() {
    explore("hand-off", 0, || handed_off(HandOff::Publisher)).never_wrong(550);
}

/// Breaks E1: the value is visible, and its consequences recorded, before the hand-off is.
#[test]
fn a_hand_off_recorded_late_is_caught() {
    explore("hand-off, E1", 0, || handed_off(HandOff::PublisherLate)).caught(Violation::Phantom(1, 2));
}

/// Breaks E2: until the receiver is polled its wait looks open.
#[test]
fn a_hand_off_resolved_by_its_receiver_is_caught() {
    explore("hand-off, E2", 0, || handed_off(HandOff::Receiver)).caught(Violation::Phantom(1, 2));
}

/// How a message is sent and received.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Message {
    AsRuled,
    StampedBeforeTheEvent,
    RecordedBeforeTheRaise,
    TokenLater,
}

/// A message with a token goes from a process to another, each with a gate of its own.
fn message_sent(how: Message) -> (Vec<Taken>, usize) {
    let (here, there) = (gate(1, 8), gate(1, 8));
    // The epoch of the stamp and the sending event; in flight if there is one.
    let channel = Arc::new(Mutex::new(None));
    let sender = {
        let (here, channel) = (Arc::clone(&here), Arc::clone(&channel));
        spawn(0, move || {
            let early = here.epoch();
            let epoch = here.event(|event| {
                event.record(note(10, &[], Step::Tokens(-1)));
                event.record(note(10, &[], Step::Sent(10)));
                event.epoch()
            });
            let stamp = if how == Message::StampedBeforeTheEvent { early } else { epoch };
            *lock(&channel) = Some((stamp, 10));
        })
    };
    let receiver = {
        let (there, channel) = (Arc::clone(&there), Arc::clone(&channel));
        spawn(0, move || {
            let Some((stamp, sent)) = lock(&channel).take() else { return 0 };
            let received = note(20, &[sent], Step::Received(10));
            let token = note(20, &[sent], Step::Tokens(1));
            match how {
                Message::RecordedBeforeTheRaise => {
                    there.record(vec![received, token]);
                    there.raise(stamp);
                }
                Message::TokenLater => {
                    there.raise(stamp);
                    there.record(vec![received]);
                    there.record(vec![token]);
                }
                _ => {
                    there.raise(stamp);
                    there.record(vec![received, token]);
                }
            }
            2
        })
    };
    let mut cut = here.take(Epoch(1));
    cut.1.extend(there.collect(Epoch(1)));
    join(sender);
    let received = join(receiver);
    let mut rest = here.take(LAST);
    rest.1.extend(there.collect(LAST));
    (vec![cut, rest], 2 + received)
}

#[test]
fn a_message_between_processes() {
    explore("message", 1, || message_sent(Message::AsRuled)).never_wrong(1_100);
}

/// Breaks "raise, then the event": a red message is recorded as received before the cut.
#[test]
fn a_receipt_recorded_before_the_raise_is_caught() {
    explore("message, raise", 1, || message_sent(Message::RecordedBeforeTheRaise))
        .caught(Violation::Conjured(10));
}

/// Breaks "one event, one epoch": the stamp says white, the log says red.
#[test]
fn a_stamp_that_is_not_the_events_epoch_is_caught() {
    explore("message, stamp", 1, || message_sent(Message::StampedBeforeTheEvent))
        .caught(Violation::Conjured(10));
}

/// Breaks E2: the cut between the receipt and its token shows neither message nor token.
#[test]
fn a_token_recorded_after_the_receipt_is_caught() {
    explore("message, E2", 1, || message_sent(Message::TokenLater)).caught(Violation::Tokens(0, 1));
}

/// Two threads send on one lane. A number that is sent comes after all lower ones.
fn lane_shared(in_one_step: bool) -> (Vec<Taken>, usize) {
    let gate = gate(2, 8);
    let lane = Arc::new(Mutex::new(0));
    let senders = [0, 1].map(|stripe| {
        let (gate, lane) = (Arc::clone(&gate), Arc::clone(&lane));
        spawn(stripe, move || {
            gate.event(|event| {
                if !in_one_step {
                    event.epoch();
                }
                let mut last = lock(&lane);
                *last += 1;
                event.epoch();
                let seq = *last;
                drop(last);
                let before: Vec<Id> = (100 + 1..100 + seq).collect();
                event.record(note(100 + seq, &before, Step::Sent(seq)));
                event.record(note(100 + seq, &before, Step::Tokens(-1)));
            });
        })
    });
    let first = gate.take(Epoch(1));
    senders.into_iter().for_each(join);
    (vec![first, gate.take(LAST)], 4)
}

#[test]
fn epochs_do_not_decrease_along_a_lane() {
    explore("lane", 2, || lane_shared(true)).never_wrong(650);
}

/// Breaks "epoch and number in one step": a higher number under a lower epoch, so that a count is no prefix.
#[test]
fn an_epoch_and_a_number_in_two_steps_are_caught() {
    explore("lane, two steps", 2, || lane_shared(false)).caught(Violation::Cause(101, 102));
}
