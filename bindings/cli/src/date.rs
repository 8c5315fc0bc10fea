//! Points in time as people read them.

/// `2026-01-31 12:00 UTC`.
pub(crate) fn utc(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days to a date (proleptic Gregorian), in years that begin in March: the leap day comes last.
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 {
        march_month + 3
    } else {
        march_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02} UTC",
        rest / 3_600,
        rest % 3_600 / 60
    )
}

/// `in 30 days`, or `5 minutes ago`.
pub(crate) fn distance(seconds: i64) -> String {
    let length = seconds.unsigned_abs();
    let (unit, name) = match length {
        0..120 => (1, "second"),
        120..7_200 => (60, "minute"),
        7_200..172_800 => (3_600, "hour"),
        _ => (86_400, "day"),
    };
    let count = length / unit + u64::from(length % unit * 2 >= unit && unit > 1);
    let plural = if count == 1 { "" } else { "s" };
    if seconds < 0 {
        format!("{count} {name}{plural} ago")
    } else {
        format!("in {count} {name}{plural}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_right_around_leap_days_and_the_epoch() {
        for (seconds, date) in [
            (0, "1970-01-01 00:00 UTC"),
            (-1, "1969-12-31 23:59 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_709_210_096, "2024-02-29 12:34 UTC"),
            (1_767_225_599, "2025-12-31 23:59 UTC"),
            (4_107_542_400, "2100-03-01 00:00 UTC"),
        ] {
            assert_eq!(utc(seconds), date);
        }
    }

    #[test]
    fn no_number_of_seconds_is_too_large() {
        for seconds in [i64::MIN, i64::MAX] {
            assert!(utc(seconds).ends_with("UTC"));
            assert!(distance(seconds).contains("days"));
        }
    }

    #[test]
    fn distances_are_rounded_to_what_people_say() {
        for (seconds, text) in [
            (2_592_000, "in 30 days"),
            (2_591_990, "in 30 days"),
            (86_400, "in 24 hours"),
            (3_600, "in 60 minutes"),
            (1, "in 1 second"),
            (0, "in 0 seconds"),
            (-300, "5 minutes ago"),
        ] {
            assert_eq!(distance(seconds), text);
        }
    }
}
