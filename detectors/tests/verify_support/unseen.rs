//! Holders whom no process reports: who relies on there being none is refuted, and who doubts it where there can be
//! none.

use crate::verify_support::*;
use stillpoint_detectors::verify::{Refuted, verify};
use stillpoint_proto::fact::*;
use stillpoint_proto::id::*;
use stillpoint_proto::verdict::*;

/// `first`, who holds a row, waits for some of what has the key `db/1`; `holder`, of another process, runs.
struct Scene {
    s: Build,
    first: TaskRef,
    holder: TaskRef,
}

fn scene(demand: Grip) -> Scene {
    let mut s = Build::new();
    let (p, q) = (s.process(), s.process());
    let (first, holder) = (s.task(p), s.task(q));
    s.hold(first, &keyed("own"), Grip::Exclusive);
    s.wait(first, 1, &[Awaited::Resource { resource: keyed("db/1"), grip: demand, request: None }]);
    Scene { s, first, holder }
}

impl Scene {
    fn held(mut self, by: TaskRef, grip: Grip) -> Self {
        self.s.hold(by, &keyed("db/1"), grip);
        self
    }

    fn declared(mut self, capacity: u64) -> Self {
        let (key, label) = (Some("db/1".into()), "a pool".into());
        let resource =
            Resource { key, label, capacity: Some(capacity), closed: true, fair: false, local: false };
        self.s.fact(self.holder.process, Fact::Resource(resource));
        self
    }

    fn doubted(&self, task: Option<TaskRef>, key: &str) -> Result<(), Refuted> {
        let cut = self.s.cut();
        let doubt = Doubt { task, reason: Reason::UnseenHolder(key.into()) };
        let outcome = Outcome::Unknown(vec![doubt]);
        verify(&cut, &verdict(&cut, Property::Deadlock, outcome)).map(drop)
    }

    /// Nobody unseen can be in the way: an order is a proof, and a doubt is about nothing.
    #[track_caller]
    fn is_free(&self) {
        assert_eq!(order(&self.s, &[self.first]), Ok(()));
        let doubt = Doubt { task: Some(self.first), reason: Reason::UnseenHolder("db/1".into()) };
        assert_eq!(self.doubted(Some(self.first), "db/1"), Err(Refuted::UnrealDoubt(doubt)));
    }

    /// Somebody unseen may be in the way: no order will do.
    #[track_caller]
    fn is_open(&self) {
        assert_eq!(order(&self.s, &[self.first]), Err(Refuted::TooEarly(self.first)));
        assert_eq!(order(&self.s, &[]), Err(Refuted::LeftOver(self.first)));
        assert_eq!(self.doubted(Some(self.first), "db/1"), Ok(()));
    }
}

#[test]
fn what_nobody_is_seen_to_hold_may_be_held() {
    for demand in [Grip::Exclusive, Grip::Shared(1)] {
        scene(demand).is_open();
        let seen = scene(demand);
        let holder = seen.holder;
        seen.held(holder, Grip::Exclusive).is_free();
        let own = scene(demand);
        let finished = Global::new(own.first.process, TaskId::of(99));
        let own = own.held(finished, Grip::Shared(1));
        assert_eq!(own.doubted(Some(own.first), "db/1"), Ok(()), "nobody knows until when it was held");
    }
    scene(Grip::Shared(0)).is_free();
}

#[test]
fn who_shares_leaves_room_for_others_who_do() {
    for demand in [Grip::Exclusive, Grip::Shared(1)] {
        for held in [0, 1] {
            let shared = scene(demand);
            let holder = shared.holder;
            shared.held(holder, Grip::Shared(held)).is_open();
        }
    }
}

#[test]
fn a_declared_capacity_leaves_room_for_what_nobody_is_seen_to_hold() {
    for (demand, held, free) in [(1, 0, false), (1, 1, true), (2, 1, false), (2, 2, true), (3, 3, true)] {
        let pool = scene(Grip::Shared(demand)).declared(3);
        let holder = pool.holder;
        let pool = if held == 0 { pool } else { pool.held(holder, Grip::Shared(held)) };
        if free {
            assert_eq!(order(&pool.s, &[pool.first]), Ok(()), "{demand} of 3 with {held} held");
        } else {
            pool.is_open();
        }
    }
}

#[test]
fn only_what_was_held_at_one_instant_is_added_up() {
    for (born, free) in [(CONFIRMED.0 - 1, true), (CONFIRMED.0, false)] {
        let mut pool = scene(Grip::Shared(2)).declared(2);
        let (holder, r) = (pool.holder, pool.s.process());
        let other = pool.s.task(r);
        pool.s.born(born);
        let pool = pool.held(holder, Grip::Shared(1)).held(other, Grip::Shared(1));
        if free {
            pool.is_free()
        } else {
            pool.is_open()
        }
        let together = pool.held(holder, Grip::Shared(1));
        together.is_free();
    }
}

#[test]
fn a_doubt_is_about_what_its_task_waits_for() {
    let seen = scene(Grip::Exclusive);
    for (task, key) in [(None, "db/1"), (Some(seen.holder), "db/1"), (Some(seen.first), "own")] {
        let doubt = Doubt { task, reason: Reason::UnseenHolder(key.into()) };
        assert_eq!(seen.doubted(task, key), Err(Refuted::UnrealDoubt(doubt)));
    }
    // What has an owner has nobody else.
    let mut s = Build::new();
    let p = s.process();
    let task = s.task(p);
    let mutex = s.mutex(p);
    s.change(&mutex, |r| r.label = "db/1".into());
    s.wait(task, 1, &[lock(&mutex)]);
    let cut = s.cut();
    let doubt = Doubt { task: Some(task), reason: Reason::UnseenHolder("db/1".into()) };
    let outcome = Outcome::Unknown(vec![doubt.clone()]);
    let unknown = verdict(&cut, Property::Deadlock, outcome);
    assert_eq!(verify(&cut, &unknown), Err(Refuted::UnrealDoubt(doubt)));
}
