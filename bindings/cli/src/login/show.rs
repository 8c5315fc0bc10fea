//! What a person sees when a login begins.

use pinterest_oauth::{Login, Secret};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::person::Person;
use crate::terminal::{complain, is_shown};

/// The columns of a terminal that a code may take.
const WIDE_ENOUGH: usize = 60;

/// Where to go.
pub(super) fn started(login: &Login, person: Option<&Person>, quiet: bool) {
    let started = login.started();
    for hint in &started.hints {
        complain(hint);
    }
    let start = &started.start_url;
    if started.opened {
        complain(&format!(
            "Opening your browser: {start} (open it yourself if nothing happens)."
        ));
        if !quiet || is_shown() {
            complain("Waiting, Ctrl-C stops.");
        }
        return;
    }
    if let Some(why) = started.why_not_opened {
        complain(&format!("No browser is opened here: {why}."));
    }
    elsewhere(login, person);
}

/// Both ways without a browser of ours: the address of Pinterest's page for any machine, and the start page for who has
/// a way back to this one.
pub(super) fn elsewhere(login: &Login, person: Option<&Person>) {
    let start = login.started().start_url;
    // The address carries the state: it is for the eyes of a person, never for a pipe or a log.
    if let Some(person) = person.filter(|_| is_shown()) {
        let page = login.show().authorize_url.unwrap_or_default();
        person.show(&format!(
            "Open this address in a browser anywhere:\n\n  {}\n\n{}\
             Allow the app. The page that follows does not load there; that is expected. Copy its address and paste it here,\n\
             only here (nothing is shown while you paste), then press Enter.\n",
            page.expose(),
            code(&page, person.columns())
        ));
        complain(&format!(
            "Or, where this machine's port is reached (ssh -L), open {start}"
        ));
        complain("Waiting, Ctrl-C stops.");
        return;
    }
    complain(&format!(
        "Open {start} in a browser on this machine. (The way for other machines is shown on a terminal alone.)"
    ));
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
        "{image}\n\n(With a phone the page that follows does not load either: send its address to yourself.)\n\n"
    )
}
