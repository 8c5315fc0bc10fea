//! A server on loopback that reads a whole request, writes the bytes that it was given, and closes.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A peer that says nothing is not waited for longer.
const LIMIT: Duration = Duration::from_secs(10);

pub struct Server {
    pub address: SocketAddr,
    answer: Arc<Mutex<Vec<u8>>>,
}

impl Server {
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let answer = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = told.lock().map(|answer| answer.clone()).unwrap_or_default();
                // A client that has gone is its own affair.
                let _ = serve(stream, &answer);
            }
        });
        Ok(Self { address, answer })
    }

    /// What every request gets from now on.
    pub fn tell(&self, answer: Vec<u8>) {
        if let Ok(mut told) = self.answer.lock() {
            *told = answer;
        }
    }
}

fn serve(mut stream: TcpStream, answer: &[u8]) -> io::Result<()> {
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    let mut request = Vec::new();
    let mut part = [0_u8; 4096];
    while !complete(&request) {
        match stream.read(&mut part)? {
            0 => return Ok(()),
            length => request.extend_from_slice(part.get(..length).unwrap_or_default()),
        }
    }
    stream.write_all(answer)?;
    stream.shutdown(Shutdown::Write)?;
    // A close before the client's own would reset the connection where the client still sends.
    while stream.read(&mut part)? > 0 {}
    Ok(())
}

/// The client under test always says how long its form is.
fn complete(request: &[u8]) -> bool {
    let Some(head) = request.windows(4).position(|part| part == b"\r\n\r\n") else {
        return false;
    };
    let text = String::from_utf8_lossy(request.get(..head).unwrap_or_default()).to_lowercase();
    let length = text.lines().find_map(|line| {
        line.strip_prefix("content-length:")?
            .trim()
            .parse::<usize>()
            .ok()
    });
    request.len() >= head + 4 + length.unwrap_or(0)
}
