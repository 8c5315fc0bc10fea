use super::*;
use serde_json::json;

#[test]
fn the_help_names_every_switch_with_its_default() {
    let help = Switches::help();
    for part in [
        "  rotation=grace\n",
        "  legacy_app=false\n",
        "  rate_limit=null\n",
        "  code_lifetime=600\n",
    ] {
        assert!(help.contains(part), "{part} is missing in:\n{help}");
    }
    assert_eq!(help.lines().count(), 2 * SWITCHES.len());
}

#[test]
fn a_patch_sets_what_it_names_and_leaves_the_rest() {
    let new = Switches::default()
        .patched(&json!({"rotation": "strict", "code_lifetime": 5}))
        .unwrap();
    assert_eq!(
        new,
        Switches {
            rotation: Rotation::Strict,
            code_lifetime: 5,
            ..Switches::default()
        }
    );
}

#[test]
fn a_wrong_name_or_value_is_named() {
    let switches = Switches::default();
    assert!(
        switches
            .patched(&json!({"rotaton": "strict"}))
            .unwrap_err()
            .contains("rotaton")
    );
    assert!(
        switches
            .patched(&json!({"rotation": "maybe"}))
            .unwrap_err()
            .contains("rotation")
    );
    assert!(switches.patched(&json!({"success_status": 404})).is_err());
    assert!(
        switches
            .patched(&json!({"rate_limit": {"limit": 1, "window": 0}}))
            .is_err()
    );
    assert!(switches.patched(&json!(["rotation"])).is_err());
}

#[test]
fn a_switch_can_be_written_as_on_a_command_line() {
    let switches = Switches::default()
        .with("rotation=strict")
        .unwrap()
        .with("legacy_app=true")
        .unwrap();
    assert_eq!(
        (switches.rotation, switches.legacy_app),
        (Rotation::Strict, true)
    );
    assert!(switches.with("rotation").is_err());
}

#[test]
fn the_words_of_a_switch_are_what_it_can_be_set_to() {
    let choices = |name: &str| CHOICES.iter().find(|(known, _)| *known == name).unwrap().1;
    assert_eq!(
        choices("rotation"),
        [r#""grace""#, r#""strict""#, r#""family""#, r#""lastwins""#]
    );
    assert_eq!(choices("code_lifetime"), [""; 0]);
    for (name, choices) in CHOICES {
        for choice in *choices {
            assert!(
                Switches::default()
                    .with(&format!("{name}={choice}"))
                    .is_ok()
            );
        }
    }
}

#[test]
fn an_account_has_a_name_as_at_pinterest() {
    for bad in ["", "two words", "<b>", &"x".repeat(31)] {
        let refusal = Switches::default().patched(&json!({"user": bad}));
        assert!(refusal.unwrap_err().contains("1 to 30 letters"), "{bad}");
    }
    assert!(
        Switches::default()
            .patched(&json!({"user": "second_Person2"}))
            .is_ok()
    );
}
