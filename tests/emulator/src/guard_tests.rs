use super::*;

const PORT: u16 = 4711;

fn request(target: &str, headers: &[(&str, &str)]) -> Request {
    let path = target.rsplit_once("4711").map_or(target, |(_, path)| path);
    Request {
        method: "GET".into(),
        target: target.into(),
        path: path.into(),
        query: String::new(),
        version: "HTTP/1.1",
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: Vec::new(),
    }
}

fn status(hosts: &[&str], request: &Request) -> Option<u16> {
    let hosts: Vec<String> = hosts.iter().map(|&host| host.into()).collect();
    let guard = Guard {
        port: PORT,
        usual_port: 80,
        hosts: &hosts,
        pages: &["/page"],
    };
    guard.refuses(request).map(|refusal| refusal.status)
}

fn host(hosts: &[&str], host: &str) -> Option<u16> {
    status(hosts, &request("/", &[("Host", host)]))
}

#[test]
fn the_names_and_addresses_of_this_machine_are_let_in_with_the_own_port_alone() {
    for good in [
        "127.0.0.1:4711",
        "127.1.2.3:4711",
        "LocalHost:4711",
        "[::1]:4711",
    ] {
        assert_eq!(host(&[], good), None, "{good}");
    }
    for bad in [
        "127.0.0.1",
        "127.0.0.1:4712",
        "evil.example:4711",
        "localhost.evil.example:4711",
        "localhost.:4711",
        "127.0.0.1.evil.example:4711",
        "192.0.2.1:4711",
        "[::2]:4711",
        "::1:4711",
        "user@localhost:4711",
        "localhost:4711:4711",
        "localhost:",
        "",
    ] {
        assert_eq!(host(&[], bad), Some(421), "{bad}");
    }
}

#[test]
fn a_host_that_is_missing_or_comes_twice_is_refused() {
    assert_eq!(status(&[], &request("/", &[])), Some(400));
    let twice = [("Host", "localhost:4711"), ("host", "localhost:4711")];
    assert_eq!(status(&[], &request("/", &twice)), Some(400));
}

#[test]
fn an_absolute_target_must_be_this_listener_too() {
    let headers = [("Host", "localhost:4711")];
    assert_eq!(
        status(&[], &request("http://localhost:4711/", &headers)),
        None
    );
    assert_eq!(
        status(&[], &request("http://evil.example/", &headers)),
        Some(421)
    );
}

#[test]
fn names_that_a_switch_adds_are_let_in_with_any_port() {
    let added = ["api.pinterest.example"];
    for good in [
        "api.pinterest.example",
        "API.pinterest.example:443",
        "localhost:4711",
    ] {
        assert_eq!(host(&added, good), None, "{good}");
    }
    assert_eq!(host(&added, "www.pinterest.example"), Some(421));
    assert_eq!(host(&added, "api.pinterest.example:x"), Some(421));
}

#[test]
fn a_page_of_another_origin_is_refused_and_the_own_one_is_not() {
    let with = |name, value| {
        status(
            &[],
            &request("/", &[("Host", "localhost:4711"), (name, value)]),
        )
    };
    assert_eq!(with("Origin", "http://localhost:4711"), None);
    assert_eq!(with("Sec-Fetch-Site", "same-origin"), None);
    assert_eq!(with("Sec-Fetch-Site", "none"), None);
    for origin in [
        "null",
        "http://localhost:4712",
        "http://127.0.0.1:4711",
        "https://evil.example",
        "http://localhost:4711.evil.example",
    ] {
        assert_eq!(with("Origin", origin), Some(403), "{origin}");
    }
    assert_eq!(with("Sec-Fetch-Site", "cross-site"), Some(403));
    assert_eq!(with("Sec-Fetch-Site", "same-site"), Some(403));
}

#[test]
fn a_link_on_another_page_leads_to_pages_and_to_nothing_else() {
    let visit = |path: &str, method: &str, mode: &str, destination: &str| {
        let mut request = request(
            path,
            &[
                ("Host", "localhost:4711"),
                ("Sec-Fetch-Site", "cross-site"),
                ("Sec-Fetch-Mode", mode),
                ("Sec-Fetch-Dest", destination),
            ],
        );
        request.method = method.into();
        status(&[], &request)
    };
    assert_eq!(visit("/page", "GET", "navigate", "document"), None);
    assert_eq!(visit("/other", "GET", "navigate", "document"), Some(403));
    assert_eq!(visit("/page", "POST", "navigate", "document"), Some(403));
    assert_eq!(visit("/page", "GET", "navigate", "iframe"), Some(403));
    assert_eq!(visit("/page", "GET", "no-cors", "image"), Some(403));
}
