#![allow(clippy::unwrap_used, clippy::panic)]
use proptest::prelude::*;

use super::*;
use crate::login::paste::{Mistake, Pasted, read};

const STATE: &str = "the-state-of-this-login";
const PAGE: &str = "https://www.pinterest.com/oauth/?client_id=1&state=the-state-of-this-login";

fn plan(shown: bool) -> Plan {
    let place = Loopback::read("http://localhost:8085/").unwrap();
    Plan::new(place, Secret::from(PAGE), Secret::from(STATE), shown).unwrap()
}

fn get(target: &str) -> Visit {
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(Secret::from(query))),
        None => (target, None),
    };
    Visit {
        method: String::from("GET"),
        path: path.to_owned(),
        query,
        host: String::from("localhost:8085"),
        mode: Some(String::from("navigate")),
        destination: Some(String::from("document")),
        ..Visit::default()
    }
}

/// A request with the cookie that the start page has set.
fn bound(plan: &Plan, target: &str) -> Visit {
    Visit {
        cookies: vec![plan.binding.clone()],
        ..get(target)
    }
}

fn right() -> String {
    format!("/?code=the-code&state={STATE}")
}

fn status(reply: &Reply) -> u16 {
    match reply {
        Reply::Now(answer) => answer.status,
        Reply::AtTheEnd => 0,
    }
}

fn begun() -> Plan {
    let mut plan = plan(false);
    let (reply, then) = plan.visit(&get(&plan.start.clone()));
    assert_eq!(status(&reply), 303);
    assert!(matches!(then, Then::Say(Notice::Opened)));
    plan
}

/// It answers 400, says so, and waits on.
fn is_refused(plan: &mut Plan, visit: &Visit) {
    let (reply, then) = plan.visit(visit);
    assert_eq!(status(&reply), 400);
    assert!(matches!(then, Then::Nothing | Then::Say(_)), "{then:?}");
    assert!(plan.is_waiting());
    let (_, then) = plan.visit(&bound(plan, &right()));
    assert!(
        matches!(then, Then::Exchange(_)),
        "the login did not wait on"
    );
}

#[test]
fn the_start_page_sets_the_cookie_and_leads_to_pinterest_by_303() {
    let mut plan = plan(false);
    let (Reply::Now(answer), _) = plan.visit(&get(&plan.start.clone())) else {
        panic!("no answer");
    };
    let header = |name: &str| {
        let found = answer.headers.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone()).unwrap()
    };
    assert_eq!(answer.status, 303);
    assert_eq!(header("location"), PAGE);
    let attributes = "; Path=/; HttpOnly; SameSite=Lax; Max-Age=600";
    let cookie = format!(
        "pinterest-oauth-login={}{attributes}",
        plan.binding.expose()
    );
    assert_eq!(header("set-cookie"), cookie);
    assert_eq!(header("referrer-policy"), "no-referrer");
    assert_eq!(header("cache-control"), "no-store");
    let url = plan.start_url();
    assert_eq!(url.len(), "http://localhost:8085/".len() + 16);
    assert!(
        url.chars()
            .all(|c| c.is_ascii_alphanumeric() || ":/.-_".contains(c)),
        "{url}"
    );
}

#[test]
fn the_right_redirect_of_the_right_browser_is_exchanged_and_ends_at_a_clean_address() {
    let mut plan = begun();
    let (reply, then) = plan.visit(&bound(&plan, &right()));
    assert!(matches!(reply, Reply::AtTheEnd));
    assert!(matches!(then, Then::Exchange(code) if code.expose() == "the-code"));
    assert_eq!(plan.exchanged(true), End::Done);
    let answer = plan.at_the_end();
    let to = answer
        .headers
        .iter()
        .find(|(name, _)| *name == "location")
        .unwrap();
    assert_eq!(
        (answer.status, to.1.as_str()),
        (303, "http://localhost:8085/done")
    );
    let (reply, _) = plan.visit(&get("/done"));
    assert_eq!(status(&reply), 200);
    let (reply, _) = plan.visit(&get("/failed"));
    assert_eq!(status(&reply), 404, "the page of another end");
}

#[test]
fn the_right_state_without_the_cookie_is_refused() {
    is_refused(&mut begun(), &get(&right()));
    let mut plan = plan(false);
    let (reply, _) = plan.visit(&get(&right()));
    assert_eq!(status(&reply), 400, "before anybody came to the start page");
}

#[test]
fn without_the_start_page_the_cookie_is_not_needed_where_pinterests_address_was_shown() {
    let mut plan = plan(true);
    let (_, then) = plan.visit(&get(&right()));
    assert!(matches!(then, Then::Exchange(_)));
}

#[test]
fn a_second_browser_on_the_start_page_ends_the_login() {
    let mut plan = begun();
    let start = plan.start.clone();
    let (reply, then) = plan.visit(&bound(&plan, &start));
    assert_eq!(status(&reply), 303, "the same browser may come again");
    assert!(matches!(then, Then::Nothing));
    let (reply, then) = plan.visit(&get(&start));
    assert_eq!(status(&reply), 400);
    assert!(matches!(then, Then::Over(End::TwoBrowsers)));
    let (_, then) = plan.visit(&bound(&plan, &right()));
    assert!(
        matches!(then, Then::Nothing),
        "nothing is exchanged after that"
    );
}

#[test]
fn images_scripts_frames_and_requests_made_ahead_do_not_spend_the_login() {
    type Change = fn(&mut Visit);
    let changes: [Change; 8] = [
        |visit| visit.method = String::from("HEAD"),
        |visit| visit.method = String::from("POST"),
        |visit| visit.mode = Some(String::from("no-cors")),
        |visit| visit.mode = Some(String::from("cors")),
        |visit| visit.destination = Some(String::from("image")),
        |visit| visit.destination = Some(String::from("iframe")),
        |visit| visit.ahead = true,
        |visit| visit.foreign = true,
    ];
    for change in changes {
        let mut plan = begun();
        let mut visit = bound(&plan, &right());
        change(&mut visit);
        is_refused(&mut plan, &visit);
        let mut plan = super::tests::plan(false);
        let mut visit = get(&plan.start.clone());
        change(&mut visit);
        let (reply, then) = plan.visit(&visit);
        assert_eq!(status(&reply), 400);
        assert!(!matches!(then, Then::Say(Notice::Opened)));
        assert!(!plan.bound);
    }
}

#[test]
fn a_browser_that_says_nothing_about_its_request_is_believed() {
    let mut plan = begun();
    let mut visit = bound(&plan, &right());
    (visit.mode, visit.destination) = (None, None);
    let (_, then) = plan.visit(&visit);
    assert!(matches!(then, Then::Exchange(_)));
}

#[test]
fn a_foreign_state_another_host_and_parameters_that_come_twice_are_refused() {
    for target in [
        "/?code=c&state=foreign".to_owned(),
        "/?code=c".to_owned(),
        "/?state=".to_owned() + STATE,
        format!("/?code=&state={STATE}"),
        format!("/?code=a&code=b&state={STATE}"),
        format!("/?code=a&state={STATE}&state={STATE}"),
    ] {
        let mut plan = begun();
        let visit = bound(&plan, &target);
        is_refused(&mut plan, &visit);
    }
    let mut plan = begun();
    let mut visit = bound(&plan, &right());
    visit.host = String::from("127.0.0.1:8085");
    is_refused(&mut plan, &visit);
}

#[test]
fn another_port_is_noticed_before_pinterest_is_asked() {
    let mut plan = plan(false);
    let mut visit = get(&plan.start.clone());
    visit.host = String::from("localhost:50123");
    let (reply, then) = plan.visit(&visit);
    assert_eq!(status(&reply), 400);
    assert!(matches!(then, Then::Say(Notice::Forwarded)));
    assert!(!plan.bound);
}

#[test]
fn what_is_not_the_redirect_gets_404_and_changes_nothing() {
    let mut plan = begun();
    for target in [
        "/",
        "/favicon.ico",
        "/done",
        "/other?code=c&state=x",
        "/?utm=1",
    ] {
        let (reply, then) = plan.visit(&get(target));
        assert_eq!(status(&reply), 404, "{target}");
        assert!(matches!(then, Then::Nothing));
    }
    assert!(plan.is_waiting());
}

#[test]
fn a_denial_counts_with_the_state_or_with_the_cookie_alone() {
    let denial = format!("/?error=access_denied&state={STATE}");
    for target in [denial.as_str(), "/?error=access_denied"] {
        let mut plan = begun();
        let (reply, then) = plan.visit(&bound(&plan, target));
        assert!(matches!(reply, Reply::AtTheEnd));
        assert!(matches!(then, Then::Over(End::Denied)));
        assert_eq!(plan.at_the_end().status, 303);
    }
    let mut plan = begun();
    is_refused(&mut plan, &get("/?error=access_denied"));
    let mut plan = begun();
    let other = format!("/?error=invalid_scope&state={STATE}");
    let (_, then) = plan.visit(&bound(&plan, &other));
    assert!(matches!(then, Then::Over(End::Failed)), "nobody said no");
}

#[test]
fn two_codes_of_a_double_click_give_one_exchange_and_one_page() {
    let mut plan = begun();
    let (_, then) = plan.visit(&bound(&plan, &right()));
    assert!(matches!(then, Then::Exchange(_)));
    let second = format!("/?code=another&state={STATE}");
    for target in [right(), second] {
        let (reply, then) = plan.visit(&bound(&plan, &target));
        assert!(matches!(reply, Reply::AtTheEnd));
        assert!(matches!(then, Then::Nothing), "{target}");
    }
    plan.exchanged(false);
    assert_eq!(plan.at_the_end().status, 303);
}

#[test]
fn a_pasted_address_needs_this_logins_state() {
    let plan = plan(true);
    let mistake = |text: &str| match read(text, &plan) {
        Pasted::Wrong(mistake) => Some(mistake),
        Pasted::Redirect(_) => None,
    };
    let address = format!("http://localhost:8085{}", right());
    for text in [
        address.clone(),
        format!("  <{address}>\r\n"),
        format!("\"{address}\""),
        format!("\u{1b}[200~{address}\u{1b}[201~"),
        address.replace('&', "&amp;"),
        address.replace("the-state", "the-\n  state"),
        format!("GET {} HTTP/1.1", right()),
        format!("?{}", right().trim_start_matches("/?")),
        format!("{address}#_=_"),
    ] {
        assert_eq!(mistake(&text), None, "{text:?}");
    }
    assert_eq!(mistake(""), Some(Mistake::Empty));
    assert_eq!(mistake(&plan.start_url()), Some(Mistake::Start));
    assert_eq!(mistake(PAGE), Some(Mistake::Pinterest));
    assert_eq!(mistake("abcdef0123456789abcdef"), Some(Mistake::Code));
    assert_eq!(
        mistake("http://localhost:8085/?code=c"),
        Some(Mistake::Code)
    );
    assert_eq!(
        mistake("http://localhost:8085/?code=c&state=old"),
        Some(Mistake::OtherLogin)
    );
    assert_eq!(
        mistake("http://localhost:8085/?error=access_denied"),
        Some(Mistake::Code)
    );
    assert_eq!(mistake("http://localhost:8085/"), Some(Mistake::NoCode));
    assert_eq!(
        mistake("http://localhost:8085/?utm=1"),
        Some(Mistake::NoCode)
    );
    assert_eq!(mistake("hello"), Some(Mistake::NoAddress));
    assert_eq!(mistake(&"a".repeat(9_000)), Some(Mistake::TooLong));
}

/// What may come, in any order.
fn visits() -> impl Strategy<Value = Vec<(usize, bool, bool, bool)>> {
    proptest::collection::vec(
        (0_usize..9, any::<bool>(), any::<bool>(), any::<bool>()),
        1..24,
    )
}

proptest! {
    #[test]
    fn in_any_order_one_code_is_exchanged_and_no_answer_holds_what_came(all in visits(), shown in any::<bool>()) {
        let mut plan = plan(shown);
        let mut exchanges = 0;
        for (which, cookie, navigates, ends) in all {
            let target = match which {
                0 => plan.start.clone(),
                1 => right(),
                2 => format!("/?code=canary-code&state={STATE}"),
                3 => String::from("/?code=canary-code&state=canary-state"),
                4 => format!("/?error=canary-error&state={STATE}"),
                5 => String::from("/?error=canary-error"),
                6 => String::from("/done"),
                7 => String::from("/canary-path"),
                _ => format!("/?code=canary-code&code=b&state={STATE}"),
            };
            let mut visit = if cookie { bound(&plan, &target) } else { get(&target) };
            if !navigates {
                visit.mode = Some(String::from("no-cors"));
            }
            let (reply, then) = plan.visit(&visit);
            if let Then::Exchange(_) = then {
                exchanges += 1;
                if ends {
                    plan.exchanged(true);
                }
            }
            let answer = match reply {
                Reply::Now(answer) => answer,
                Reply::AtTheEnd => plan.at_the_end(),
            };
            let sent = format!("{:?}{}", answer.headers, answer.body);
            prop_assert!(!sent.contains("canary"), "{}", sent);
            let leads_to_pinterest = which == 0 && answer.status == 303;
            prop_assert!(leads_to_pinterest || !sent.contains(STATE));
        }
        prop_assert!(exchanges <= 1);
    }

    #[test]
    fn whatever_is_pasted_is_read(text in "\\PC{0,80}") {
        let plan = plan(true);
        let is_wrong = matches!(read(&text, &plan), Pasted::Wrong(_));
        prop_assert!(is_wrong);
    }
}
