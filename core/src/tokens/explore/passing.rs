//! What happens to the world besides the steps of its processes: time, ends, forgetting.

use super::faults;
use super::rules;
use super::steps::Text;
use super::tables::Tables;
use super::world::World;

impl World {
    /// The process ends at once.
    pub(super) fn kill(&mut self, who: usize) {
        let old = std::mem::take(&mut self.procs[who]);
        self.procs[who].set_back = old.set_back;
        for room in &mut self.rooms {
            if room.holder == u8::try_from(who).ok() {
                room.holder = None;
            }
        }
        self.rooms
            .retain(|room| room.there || room.holder.is_some());
        if let Some(number) = old.holds
            && self.durable & 1 << number == 0
        {
            self.owed &= !(1 << number);
        }
    }

    pub(super) fn fault(&mut self, kind: u32) {
        self.faults |= kind;
        self.spent += 1;
    }

    /// Forgets what can matter no more, so that equal states are equal: a memory that is no newer than any record that
    /// may still come.
    pub(super) fn forget(&mut self, faults: u8, tables: &mut Tables) {
        let named = self
            .record
            .map(|text| tables.records[text as usize].attempts());
        let named = named.unwrap_or_default();
        self.rooms.retain(|room| {
            let id = tables.symbols[room.attempt as usize].as_str();
            let is_empty = room.text.is_none() || room.failed;
            room.holder.is_some() || !is_empty || named.contains(&id)
        });
        let is_idle = self.procs.iter().all(|one| one.node.is_none());
        let is_idle = is_idle && self.rooms.is_empty() && self.copies.is_empty();
        if is_idle && self.record != self.backup {
            self.record = self.record.map(|text| tables.quiet(text));
        }
        let generation = |text: Text| tables.records[text as usize].generation;
        let oldest = if self.spent < faults {
            self.backup
        } else {
            self.record
        };
        for process in &mut self.procs {
            let newer = process.memory.filter(|memory| {
                oldest.is_none_or(|oldest| {
                    let grant = |text: Text| &tables.records[text as usize].grant;
                    grant(oldest) != grant(*memory) || generation(oldest) < generation(*memory)
                })
            });
            process.memory = newer;
        }
    }

    /// Whether time may pass: nobody has a step to do.
    pub(super) fn is_quiet(&self) -> bool {
        self.procs
            .iter()
            .all(|one| one.node.is_none() || one.frozen || one.full > 0)
    }

    /// Time passes to `now`.
    pub(super) fn pass(&mut self, now: i64, is_urgent: bool) {
        if now - self.now > 3_600 {
            self.server.ages();
        }
        self.now = now;
        let frozen = self
            .procs
            .iter()
            .filter(|one| one.frozen)
            .filter_map(|one| one.slept);
        let longest = frozen.map(|since| now - since).max();
        if longest
            .is_some_and(|time| time >= rules::TAKEN_OVER || is_urgent && time >= rules::LEASE)
        {
            self.faults |= faults::FREEZE_LONG;
        }
        for process in &mut self.procs {
            process.full = 0;
        }
        for redirect in &mut self.redirects {
            (redirect.over, redirect.left) = (true, 0);
        }
    }
}
