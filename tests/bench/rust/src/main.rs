//! What the benchmarks measure in Rust. Settings come from the environment, as everywhere; `tests/bench/README.md` says
//! who calls what.

use std::collections::HashMap;
use std::env;
use std::error::Error;
use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use pinterest_oauth::blocking::{Client, TokenManager};
use pinterest_oauth::{Config, ManagerConfig, Token};

const ACCOUNT: &str = "bench";
const THREADS: usize = 16;

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["cached", count] => cached(count.parse()?),
        ["open", again] => open(again.parse()?),
        ["fill", count] => fill(count.parse()?),
        ["refresh"] => refresh(),
        ["call"] => call(),
        ["threads", count] => threads(count.parse()?),
        _ => Err("cached COUNT, open AGAIN, fill COUNT, refresh, call or threads COUNT".into()),
    }
}

fn manager() -> Result<TokenManager, pinterest_oauth::Error> {
    TokenManager::new(ManagerConfig::from_env())
}

/// A cached access token, a look into a map, and the call of a function that is not inlined: nanoseconds each.
fn cached(count: u32) -> Done {
    #[inline(never)]
    fn function(text: &str) -> usize {
        black_box(text).len()
    }
    let account = manager()?.account(ACCOUNT)?;
    account.access_token()?;
    let map = HashMap::from([(String::from(ACCOUNT), String::from("pina"))]);
    let each = |what: &dyn Fn()| {
        let begin = Instant::now();
        for _ in 0..count {
            what();
        }
        begin.elapsed().as_secs_f64() * 1e9 / f64::from(count)
    };
    let cached = each(&|| drop(black_box(account.access_token())));
    let look = each(&|| {
        black_box(map.get(black_box(ACCOUNT)));
    });
    let called = each(&|| {
        black_box(function(ACCOUNT));
    });
    println!("{{\"cached\":{cached:.1},\"dictionary\":{look:.1},\"call\":{called:.1}}}");
    Ok(())
}

/// How long it takes to open the store: the first time in this process, and again with settings that nobody has had.
fn open(again: u64) -> Done {
    let timed = |config: ManagerConfig| {
        let begin = Instant::now();
        let opened = TokenManager::new(config);
        let taken = begin.elapsed().as_nanos();
        opened.map(|_| taken)
    };
    let first = timed(ManagerConfig::from_env())?;
    let store = env::var("PINTEREST_OAUTH_STORE")?;
    let mut more = Vec::new();
    for number in 0..again {
        let config = Config::from_env().timeout(Duration::from_millis(20_000 + number));
        more.push(timed(ManagerConfig::new(config).store(&store))?.to_string());
    }
    println!("{{\"first\":{first},\"again\":[{}]}}", more.join(","));
    Ok(())
}

/// Stores the token document of standard input for `count` accounts, `bench` and those with a number.
fn fill(count: usize) -> Done {
    let document = io::read_to_string(io::stdin())?;
    let (token, manager, next) = (
        Token::from_json(&document)?,
        manager()?,
        AtomicUsize::new(0),
    );
    let import = || -> Result<(), pinterest_oauth::Error> {
        loop {
            match next.fetch_add(1, Ordering::Relaxed) {
                0 => manager.account(ACCOUNT)?.import(&token)?,
                number if number < count => {
                    manager
                        .account(format!("{ACCOUNT}-{number}"))?
                        .import(&token)?;
                }
                _ => return Ok(()),
            }
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(import)).collect();
        for thread in threads {
            thread.join().map_err(|_| "a thread has panicked")??;
        }
        Ok(())
    })
}

/// Refreshes of one account: each is sent, and stored.
fn refresh() -> Done {
    let account = manager()?.account(ACCOUNT)?;
    many(|| account.refresh(true).map(drop))
}

/// The bare calls: each refreshes the token of the one before, and stores nothing.
fn call() -> Done {
    let mut token = manager()?.account(ACCOUNT)?.token()?;
    let client = Client::new(Config::from_env())?;
    many(|| {
        token = client.refresh(&token)?;
        Ok(())
    })
}

/// So many threads ask for the token of one account at the same moment; how many got it.
fn threads(count: usize) -> Done {
    let account = manager()?.account(ACCOUNT)?;
    let barrier = std::sync::Barrier::new(count);
    let got = std::thread::scope(|scope| {
        let ask = || {
            barrier.wait();
            account.access_token().is_ok()
        };
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(ask)).collect();
        let ended = threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or(false));
        ended.filter(|got| *got).count()
    });
    println!("{got}");
    Ok(())
}

/// Numbers, one a line: so many calls, answered by one line `[0,time of each …]` in ns.
fn many(mut call: impl FnMut() -> Result<(), pinterest_oauth::Error>) -> Done {
    for line in io::stdin().lock().lines() {
        let mut answer = String::from("[0");
        for _ in 0..line?.trim().parse::<u32>()? {
            let begin = Instant::now();
            call()?;
            answer.push_str(&format!(",{}", begin.elapsed().as_nanos()));
        }
        println!("{answer}]");
        io::stdout().flush()?;
    }
    Ok(())
}
