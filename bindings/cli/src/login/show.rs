//! What a person sees when a login begins.

use pinterest_oauth::{Login, Secret};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::person::Person;
use crate::terminal::{complain, is_shown};

/// The columns of a terminal that a code may take.
const WIDE_ENOUGH: usize = 60;

/// Where to go.
pub(super) fn started(login: &Login, person: Option<&Person>) {
    let started = login.started();
    complain(&started.message);
    if !started.opened {
        elsewhere(login, person);
    }
}

/// The way for other machines.
pub(super) fn elsewhere(login: &Login, person: Option<&Person>) {
    // It carries the state: it is for the eyes of a person, never for a pipe or a log.
    if let Some(person) = person.filter(|_| is_shown()) {
        let shown = login.show();
        person.show(&format!(
            "{}{}\n",
            code(&shown.authorize_url.unwrap_or_default(), person.columns()),
            shown.instructions.unwrap_or_default().expose()
        ));
    }
}

/// The address as a code for the camera of a phone, where the terminal is wide enough and shows such signs.
fn code(page: &Secret, columns: usize) -> String {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(std::env::var_os);
    let locale = locale
        .into_iter()
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    let locale = locale
        .to_string_lossy()
        .to_ascii_lowercase()
        .replace('-', "");
    let Ok(code) = QrCode::with_error_correction_level(page.expose(), qrcode::EcLevel::L) else {
        return String::new();
    };
    if columns < WIDE_ENOUGH.max(code.width().saturating_add(8)) || !locale.contains("utf8") {
        return String::new();
    }
    let image = code.render::<Dense1x2>().quiet_zone(true).build();
    format!(
        "{image}\n\n(The address below for a phone. With a phone the page that follows does not load either: send its address to yourself.)\n\n"
    )
}
