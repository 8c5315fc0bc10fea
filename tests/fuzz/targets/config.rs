//! The reader of `config`, and the client that is made of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pinterest_oauth::Config;
use pinterest_oauth::blocking::Client;
use pinterest_oauth_fuzz::requests::{reader, refused};

fuzz_target!(|data: &[u8]| {
    // A file that the input names would be read.
    if data
        .windows(4)
        .any(|part| part == b"file" || part == b"\\u00")
    {
        reader(data, Config::from_json);
    } else {
        reader(data, |json| Client::new(Config::from_json(json)?));
    }
    let Some(text) = std::str::from_utf8(data).ok() else {
        return;
    };
    let from_variables = Config::from_vars(|name| {
        let lines = text.lines().filter_map(|line| line.split_once('='));
        let mut values = lines.filter(|(variable, _)| *variable == name && name != "SSL_CERT_FILE");
        values.next().map(|(_, value)| value.to_owned())
    });
    if let Err(error) = Client::new(from_variables) {
        refused(&error);
    }
});
