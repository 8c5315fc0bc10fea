//! What must hold: the properties P1 to P8 of the model.

use super::faults;
use super::server::Mode;
use super::steps::{End, Program, Sent, Text};
use super::tables::Tables;
use super::world::World;
use crate::error::Kind;
use crate::tokens::plan::time::{Now, is_urgent, is_valid};
use crate::tokens::record::{Record, State};

/// More texts of one record than these are a loop.
const MOST: u64 = 60;

/// How long a lease lasts: the deadline of a call, a second, and the reserve.
pub(super) const LEASE: i64 = 30 + 1 + 15;
/// When the attempt of a holder that may live is taken over.
pub(super) const TAKEN_OVER: i64 = LEASE + 15 * 60;

pub(super) fn now(world: &World, who: usize) -> Now {
    Now {
        wall: world.wall(who),
        boot: world.now - super::world::START,
        boot_id: String::new(),
    }
}

fn record<'a>(world: &World, tables: &'a Tables) -> Option<&'a Record> {
    world.record.map(|text| &*tables.records[text as usize])
}

/// The grant of the record's own token.
fn grant(world: &World, tables: &Tables) -> Option<u8> {
    let own = tables.held[world.record? as usize].1?;
    Some(world.server.grant_of(own))
}

/// Refresh tokens in answers and copies, as bits.
pub(super) fn lying(world: &World, tables: &Tables) -> u32 {
    let rooms = world.rooms.iter().filter(|room| room.there && !room.failed);
    let texts = rooms.filter_map(|room| room.text);
    let texts = texts.chain(world.copies.iter().map(|(_, text)| *text));
    // Only what an answer itself brought, not what its record had before.
    let own = texts.filter_map(|text| tables.held[text as usize].1);
    own.fold(0, |bits, one| bits | 1 << one)
}

/// `text` takes the place of the record (P3, P4, P6).
pub(super) fn written(world: &mut World, who: usize, text: Option<Text>, tables: &Tables) {
    let (Some(old), Some(text)) = (record(world, tables), text) else {
        return;
    };
    let new = &tables.records[text as usize];
    let removed = new.token.is_none();
    if !removed && (new.generation < old.generation || new.login_at < old.login_at) {
        world.broken.push("P4 generation or grant goes back");
    }
    let grants = bits(tables.held[text as usize].0).map(|one| world.server.grant_of(one));
    let grants: Vec<u8> = grants.collect();
    if grants.windows(2).any(|two| two[0] != two[1]) {
        world.broken.push("P4 tokens of two logins in one record");
    }
    if new.revision > MOST {
        world.broken.push("P6 loop");
    }
    let own = |record: &Record| record.attempt.as_ref().map(|own| own.id.clone());
    if new.attempt.is_some() && own(old) != own(new) {
        let now = now(world, who);
        let rests = old.trouble.as_ref();
        // Whose clock was set back after he looked has seen that the time was over.
        let is_over = |at: i64| now.wall >= at || world.now >= at;
        if rests.is_some_and(|one| !is_over(one.retry_at) && now.wall >= one.at) {
            world.broken.push("P6 a refresh begins in a cool-down");
        }
    }
    if new.state == State::NeedsLogin && old.state != State::NeedsLogin {
        let held = tables.held[text as usize].0;
        // Whoever logs in at once is no process.
        let looked = world.procs.get(who).and_then(|one| one.looked);
        if is_good(world, held, looked.unwrap_or(u32::MAX), tables) {
            world
                .broken
                .push("P3 needs_login although a good token is in the store");
        }
        no_login(world);
    }
}

/// Whether the server takes one of these tokens, or of those that lie about, of the record's grant.
fn is_good(world: &World, held: u32, seen: u32, tables: &Tables) -> bool {
    let own = grant(world, tables);
    bits(held | lying(world, tables) & seen)
        .any(|one| Some(world.server.grant_of(one)) == own && world.server.takes(one))
}

/// Whether an answer lies in the store that is newer than all that the record has.
fn is_behind(world: &World, tables: &Tables) -> bool {
    let own = grant(world, tables);
    let held = world.record.map_or(0, |text| tables.held[text as usize].0);
    bits(lying(world, tables) & !held).any(|one| Some(world.server.grant_of(one)) == own)
}

/// The same, in the file of the record's own attempt.
fn is_named(world: &World, tables: &Tables) -> bool {
    let own = record(world, tables).and_then(|record| record.attempt.as_ref());
    let own = own.map(|own| own.id.as_str());
    let room = world.rooms.iter().find(|room| {
        room.there && !room.failed && Some(tables.symbols[room.attempt as usize].as_str()) == own
    });
    room.is_some_and(|room| room.text.is_some()) && is_behind(world, tables)
}

fn bits(bits: u32) -> impl Iterator<Item = u8> {
    (0..32).filter(move |one| bits & 1 << one != 0)
}

fn no_login(world: &mut World) {
    if matches!(world.server.mode, Mode::Strict | Mode::Family) {
        world.broken.push("P5 a login is needed");
    }
}

/// Something is sent to Pinterest (P1, P5, P8).
pub(super) fn sent(world: &mut World, sent: Sent, tables: &Tables) {
    match sent {
        Sent::Refresh(number) => {
            let used = world.server.issued[usize::from(number)].used;
            if used && world.faults == 0 {
                world.broken.push("P1 two refreshes for one expiry");
            }
            if is_behind(world, tables) {
                world
                    .broken
                    .push("P6 a refresh is sent although an answer lies in the store");
            }
            if used && matches!(world.server.mode, Mode::Strict | Mode::Family) {
                world.broken.push("P5 an old token is sent");
            }
        }
        Sent::Code(code) => {
            let redirect = &mut world.redirects[usize::from(code)];
            redirect.sent += 1;
            if redirect.sent > 1 {
                world.broken.push("P8 a code is sent twice");
            }
        }
    }
}

/// A call ends (P1, P2, P5).
pub(super) fn ended(world: &mut World, who: usize, end: End, tables: &Tables) {
    if world.procs[who].looks && world.record.is_some() && is_named(world, tables) {
        world
            .broken
            .push("P2 a caller does not see the answer that lies in the store");
    }
    match end {
        End::Got(text) => {
            let own = tables.held[text as usize].1;
            if own.is_some_and(|own| world.durable & 1 << own == 0) {
                world
                    .broken
                    .push("P2 a token is handed out that is on no disk");
            }
        }
        End::Waits => {
            let now = now(world, who);
            let waits = record(world, tables).is_some_and(|record| {
                record.token.is_some() && is_valid(record, &now) && !is_urgent(record, &now)
            });
            let root = world.procs[who]
                .node
                .map(|node| tables.nodes[node as usize].root);
            let program = root.map(|root| tables.roots[root as usize].program);
            if waits && program == Some(Program::Call) {
                world
                    .broken
                    .push("P1 a caller waits before the urgent window");
            }
        }
        End::Failed(Kind::ReauthorizationRequired) => {
            let held = world.record.map_or(0, |text| tables.held[text as usize].0);
            if is_good(world, held, u32::MAX, tables) && world.procs[who].looks {
                world
                    .broken
                    .push("P3 a login is told although a good token is in the store");
            }
            no_login(world);
        }
        End::Failed(Kind::Internal) => world.broken.push("an internal error"),
        End::Failed(_) => {}
    }
}

/// Nothing that reached a process is lost (P2, P8).
pub(super) fn kept(world: &mut World, tables: &Tables) {
    let held = world.record.map_or(0, |text| tables.held[text as usize].0);
    world.owed &= !held;
    if world.owed == 0 {
        return;
    }
    let with_process = world.procs.iter().filter_map(|one| one.holds);
    let with_process = with_process.fold(0, |bits, one| bits | 1 << one);
    for one in bits(world.owed & !(with_process | lying(world, tables))) {
        world.owed &= !(1 << one);
        let own = grant(world, tables);
        let issued = &world.server.issued[usize::from(one)];
        if issued.code.is_some() {
            let deliberate = faults::LOGIN | faults::REMOVAL | faults::RESTORE;
            // Of two logins under way it is the one that was claimed later, whichever code was sent first. P4 sees to it that
            // none takes the place of a later one.
            let of_login = |grant: u8| {
                let mut all = world.server.issued.iter();
                all.any(|one| one.grant == grant && one.code.is_some())
            };
            let another =
                own.is_some_and(|own| own > issued.grant || own != issued.grant && of_login(own));
            if world.faults & deliberate == 0 && !another {
                world.broken.push("P8 the token of a login is lost");
            }
        } else if own == Some(issued.grant) {
            world.broken.push("P2 a token is lost");
        }
    }
}
