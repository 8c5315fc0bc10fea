//! README.md names every address, control, switch and fault.
#![allow(clippy::unwrap_used)]

use pinterest_oauth_emulator::{
    Action, Emulator, Fault, Fill, Options, REDIRECT_URIS, SWITCHES, Stage, named_faults,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, to_value};

const README: &str = include_str!("../README.md");
const CONTROL: &str = include_str!("../src/control/mod.rs");

fn keys(document: &Value) -> Vec<String> {
    document.as_object().unwrap().keys().cloned().collect()
}

/// The names of an enum's variants, from what serde says about one that it does not have.
fn variants<T: DeserializeOwned>() -> Vec<String> {
    let refusal = serde_json::from_str::<T>("\"none of them\"").err().unwrap();
    let said = refusal.to_string();
    said.split('`').skip(3).step_by(2).map(Into::into).collect()
}

/// The paths of the control port, as its source writes them: `"/health"`.
fn controls() -> Vec<String> {
    let words = CONTROL.split('"').skip(1).step_by(2);
    words
        .filter(|word| word.starts_with('/') && !word.contains(' '))
        .map(Into::into)
        .collect()
}

fn assert_named(what: &str, names: &[String], before: &str, at_least: usize) {
    assert!(names.len() >= at_least, "{what}: only {names:?}");
    let missing: Vec<_> = names
        .iter()
        .filter(|name| !README.contains(&format!("{before}{name}`")))
        .collect();
    assert!(missing.is_empty(), "README.md lacks the {what} {missing:?}");
}

#[test]
fn every_switch_stands_in_the_readme() {
    let names: Vec<_> = SWITCHES
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_named("switches", &names, "\n| `", 20);
}

#[test]
fn every_key_of_a_fault_and_its_values_stand_in_the_readme() {
    assert_named(
        "keys of a fault",
        &keys(&to_value(Fault::default()).unwrap()),
        "`",
        20,
    );
    assert_named(
        "keys of a body_fill",
        &keys(&to_value(Fill::default()).unwrap()),
        "`",
        4,
    );
    assert_named("stages", &variants::<Stage>(), "`", 3);
    assert_named("actions", &variants::<Action>(), "`", 6);
}

#[test]
fn every_fault_that_has_a_name_stands_in_the_readme() {
    let names: Vec<_> = named_faults().map(|(name, _)| name.to_owned()).collect();
    assert_named("named faults", &names, "`", 14);
}

#[test]
fn every_control_stands_in_the_readme() {
    assert_named("controls", &controls(), " ", 14);
}

#[test]
fn every_address_stands_in_the_readme() {
    let emulator = Emulator::start(Options::default()).unwrap();
    assert_named(
        "addresses",
        &keys(&to_value(emulator.urls()).unwrap()),
        "`",
        10,
    );
    let registered: Vec<_> = REDIRECT_URIS.iter().map(|&uri| uri.to_owned()).collect();
    assert_named("redirect addresses", &registered, "`", 3);
}
