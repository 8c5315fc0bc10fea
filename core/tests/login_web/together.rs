//! Several tabs, several workers, several threads: one redirect sends one code, and everybody gets its token.

use pinterest_oauth::TokenManager;
use pinterest_oauth_emulator::{Action, Fault};

use crate::{Browser, World, cookie, login};

fn slow(milliseconds: u64) -> Fault {
    Fault {
        action: Action::Pinterest,
        delay_ms: milliseconds,
        ..Fault::default()
    }
}

#[test]
fn b1_tabs_end_in_any_order_and_each_deletes_its_own_cookie() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let begun: Vec<_> = ["a", "b", "c"]
        .map(|account| (account, browser.begin(&worker, login().account(account))))
        .into();
    for (left, (account, begin)) in begun.iter().rev().enumerate() {
        let end = worker
            .finish_login(&browser.visit(&world.consent(begin)))
            .unwrap();
        assert_eq!(
            (end.outcome, end.account.as_deref()),
            ("done", Some(*account))
        );
        browser.take(&end.set_cookies);
        assert_eq!(browser.0.len(), 2 - left);
        assert!(!browser.0.contains_key(&cookie(begin).0));
    }
    assert_eq!(worker.accounts().unwrap().len(), 3);
}

#[test]
fn b3_b11_workers_share_nothing_but_the_store_and_send_one_code() {
    let (world, mut browser) = (World::new(), Browser::default());
    let begin = browser.begin(&world.worker(1), login().next("/n"));
    let visit = browser.visit(&world.consent(&begin));
    world.emulator.script(vec![slow(400)]);
    let (one, two) = std::thread::scope(|scope| {
        let one = scope.spawn(|| world.worker(2).finish_login(&visit).unwrap());
        let two = scope.spawn(|| world.worker(3).finish_login(&visit).unwrap());
        (one.join().unwrap(), two.join().unwrap())
    });
    assert_eq!((one.outcome, two.outcome), ("done", "done"));
    assert_eq!(
        (one.expires_at, &one.user, &one.next),
        (two.expires_at, &two.user, &two.next)
    );
    assert!(one.user.is_some());
    // After a restart, too.
    let later = world.worker(4).finish_login(&visit).unwrap();
    assert_eq!((later.outcome, later.user), ("done", one.user));
    assert_eq!(world.codes(), 1);
    assert_eq!(
        world
            .worker(5)
            .account("default")
            .unwrap()
            .status()
            .unwrap()
            .generation,
        1
    );
}

#[test]
fn b11_fifty_threads_with_one_redirect_send_one_code_and_get_one_token() {
    let (world, mut browser) = (World::new(), Browser::default());
    let begin = browser.begin(&world.worker(0), login());
    let visit = browser.visit(&world.consent(&begin));
    world.emulator.script(vec![slow(300)]);
    let tokens: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..50)
            .map(|number| {
                let (world, visit) = (&world, &visit);
                scope.spawn(move || {
                    let worker = world.worker(number % 4);
                    assert_eq!(worker.finish_login(visit).unwrap().outcome, "done");
                    let token = worker.account("default").unwrap().access_token().unwrap();
                    token.expose().to_owned()
                })
            })
            .collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(tokens.iter().all(|token| *token == tokens[0]));
    assert_eq!((tokens.len(), world.codes()), (50, 1));
}

#[test]
fn a14_two_codes_of_a_double_click_send_the_first_alone() {
    let (world, mut browser) = (World::new(), Browser::default());
    let worker = world.worker(0);
    let begin = browser.begin(&worker, login());
    let (one, two) = (world.consent(&begin), world.consent(&begin));
    assert_ne!(one, two);
    assert_eq!(
        worker.finish_login(&browser.visit(&one)).unwrap().outcome,
        "done"
    );
    assert_eq!(
        worker.finish_login(&browser.visit(&two)).unwrap().outcome,
        "done"
    );
    assert_eq!(world.codes(), 1);
}

#[tokio::test]
async fn async_callers_have_the_same_pair() {
    let (world, mut browser) = (World::new(), Browser::default());
    let settings = pinterest_oauth::ManagerConfig::new(world.config()).store(":memory:");
    let manager = TokenManager::new(settings).unwrap();
    let begin = manager.begin_login(&login()).unwrap();
    browser.take(begin.set_cookies());
    let end = manager
        .finish_login(browser.visit(&world.consent(&begin)))
        .await;
    assert_eq!(end.unwrap().outcome, "done");
    assert!(
        manager
            .account("default")
            .unwrap()
            .access_token()
            .await
            .is_ok()
    );
}
