//! The time as the emulator sees it: the real one, plus what a test has moved it forward.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[derive(Default)]
pub(crate) struct Clock {
    ahead: Duration,
    file: Option<PathBuf>,
}

impl Clock {
    /// One that keeps in `file` how many seconds it is ahead: programs that read it move with it.
    pub(crate) fn told(file: PathBuf) -> io::Result<Self> {
        let mut clock = Self {
            ahead: Duration::ZERO,
            file: Some(file),
        };
        clock.reset()?;
        Ok(clock)
    }

    pub(crate) fn advance(&mut self, by: Duration) -> io::Result<()> {
        self.set(self.ahead.saturating_add(by))
    }

    pub(crate) fn reset(&mut self) -> io::Result<()> {
        self.set(Duration::ZERO)
    }

    /// A program that reads the file sees the whole number, the old one or the new one.
    fn set(&mut self, ahead: Duration) -> io::Result<()> {
        if let Some(file) = &self.file {
            let draft = file.with_extension("new");
            let seconds = i64::try_from(ahead.as_secs()).unwrap_or(i64::MAX);
            fs::write(&draft, format!("{seconds}\n"))?;
            fs::rename(&draft, file)?;
        }
        self.ahead = ahead;
        Ok(())
    }

    /// How many seconds it is ahead of the real time.
    pub(crate) fn ahead(&self) -> u64 {
        self.ahead.as_secs()
    }

    /// Whole seconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        let real = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        real.saturating_add(self.ahead).as_secs()
    }
}

/// A time as a log writes it: `2026-11-26T23:02:52Z`.
pub(crate) fn iso_date(seconds: u64) -> String {
    let (year, month, day) = date(seconds / 86_400);
    let second = seconds % 86_400;
    format!(
        "{year}-{:02}-{day:02}T{:02}:{:02}:{:02}Z",
        month + 1,
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

/// A time as the `date` header writes it.
pub(crate) fn http_date(seconds: u64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(days);
    let name = |names: &[&'static str], index: u64| {
        usize::try_from(index)
            .ok()
            .and_then(|index| names.get(index).copied())
            .unwrap_or_default()
    };
    format!(
        "{}, {day:02} {} {year} {:02}:{:02}:{:02} GMT",
        name(&DAYS, days % 7),
        name(&MONTHS, month),
        second / 3_600,
        second / 60 % 60,
        second % 60
    )
}

/// The year of a time.
pub(crate) fn year(seconds: u64) -> u64 {
    date(seconds / 86_400).0
}

/// Year, month from 0 and day from 1, for a count of days since 1970.
fn date(days: u64) -> (u64, u64, u64) {
    // Days since 0000-03-01, so that the leap day is the last of its year.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    (
        era * 400 + year_of_era + u64::from(march_month >= 10),
        (march_month + 2) % 12,
        day,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_http_wants_them() {
        assert_eq!(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(http_date(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(http_date(951_782_400), "Tue, 29 Feb 2000 00:00:00 GMT");
        assert_eq!(http_date(1_798_761_599), "Thu, 31 Dec 2026 23:59:59 GMT");
    }

    #[test]
    fn dates_are_written_as_logs_want_them() {
        assert_eq!(iso_date(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso_date(1_798_761_599), "2026-12-31T23:59:59Z");
    }

    #[test]
    fn the_clock_never_runs_over() {
        let mut clock = Clock::default();
        clock.advance(Duration::MAX).unwrap();
        clock.advance(Duration::MAX).unwrap();
        assert!(clock.now() > 1_000_000_000_000);
    }
}
