//! Points in time in the forms in which people store them.

use std::ops::RangeInclusive;

use super::json::{integer, text};

/// A point in time in Unix seconds: a number, or a date as HTTP or ISO 8601 (RFC 3339) writes it.
pub(crate) fn time(json: &str) -> Option<i64> {
    integer(json).or_else(|| {
        let text = text(json)?;
        let text = text.trim();
        iso(text).or_else(|| {
            let at = httpdate::parse_http_date(text).ok()?;
            let at = at.duration_since(std::time::UNIX_EPOCH).ok()?;
            i64::try_from(at.as_secs()).ok()
        })
    })
}

/// `2026-11-26T12:00:00.5+01:00`, with or without seconds, fraction and offset; a blank may stand for the T.
#[expect(clippy::arithmetic_side_effects, reason = "each part has its range")]
fn iso(text: &str) -> Option<i64> {
    let (date, clock) = text.split_at_checked(10)?;
    let mut date = date.splitn(3, '-');
    let year = part(date.next()?, 1..=9_999)?;
    let month = part(date.next()?, 1..=12)?;
    let day = part(date.next()?, 1..=31)?;
    let clock = clock.strip_prefix(['T', 't', ' '])?;
    let (clock, offset) = match clock.find(['Z', 'z', '+', '-']) {
        Some(place) => clock.split_at(place),
        None => (clock, ""),
    };
    let (clock, _fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut clock = clock.splitn(3, ':');
    let hours = part(clock.next()?, 0..=23)?;
    let minutes = part(clock.next()?, 0..=59)?;
    // The second 60 is a leap second.
    let seconds = part(clock.next().unwrap_or("0"), 0..=60)?;
    let clock = hours * 3_600 + minutes * 60 + seconds;
    Some(days(year, month, day) * 86_400 + clock - offset_of(offset).unwrap_or_default())
}

/// `+01:00` or `-0130` in seconds.
#[expect(clippy::arithmetic_side_effects, reason = "each part has its range")]
fn offset_of(text: &str) -> Option<i64> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits = text.get(1..)?.replace(':', "");
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    Some(sign * (part(hours, 0..=23)? * 3_600 + part(minutes, 0..=59)? * 60))
}

/// A part of a date or of a time.
fn part(digits: &str, range: RangeInclusive<i64>) -> Option<i64> {
    digits.parse().ok().filter(|number| range.contains(number))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, whose parts are in their ranges.
#[expect(clippy::arithmetic_side_effects, reason = "each part has its range")]
fn days(year: i64, month: i64, day: i64) -> i64 {
    // The year begins in March, so that the day of a leap year is its last one.
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap + (month * 306 + 5) / 10 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form_in_which_people_store_them() {
        for (json, at) in [
            ("1795000000", Some(1_795_000_000)),
            (r#""2,592,000""#, Some(2_592_000)),
            (r#""1970-01-01T00:00:00Z""#, Some(0)),
            (r#""2000-02-29 12:30:00""#, Some(951_827_400)),
            (r#""2026-11-26T12:00:00.75+01:00""#, Some(1_795_690_800)),
            (r#""2026-11-26T12:00:00-0530""#, Some(1_795_714_200)),
            (r#""Sun, 06 Nov 1994 08:49:37 GMT""#, Some(784_111_777)),
            (r#""soon""#, None),
            (r#""2026-13-26T12:00:00Z""#, None),
            (r#""2026-11-26T9000000000000000000:00:00Z""#, None),
            (
                r#""2026-11-26T12:00:00+0190000000000000000""#,
                Some(1_795_694_400),
            ),
        ] {
            assert_eq!(time(json), at, "{json}");
        }
    }
}
