//! Who is at the other end of a connection on this machine, and who listens at a port: what Linux tells everybody.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// A row of the kernel's table of TCP sockets.
struct Row {
    local: SocketAddr,
    remote: SocketAddr,
    listens: bool,
    user: u32,
    inode: u64,
}

/// The user whose socket is at `peer` and leads to `own`. None where the system does not tell.
pub(crate) fn user_of(peer: SocketAddr, own: SocketAddr) -> Option<u32> {
    let mut rows = rows();
    rows.find(|row| row.local == plain(peer) && row.remote == plain(own))
        .map(|row| row.user)
}

/// The process that listens at `address`, with its name, where it may be seen.
pub(crate) fn listener_at(address: SocketAddr) -> Option<(u32, String)> {
    let is_there = |row: &Row| {
        let same = row.local.ip() == address.ip() || row.local.ip().is_unspecified();
        row.listens && row.local.port() == address.port() && same
    };
    let socket = format!("socket:[{}]", rows().find(is_there)?.inode);
    let processes = std::fs::read_dir("/proc").ok()?.flatten();
    let mut numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let number = numbers.find(|number| {
        let files = std::fs::read_dir(format!("/proc/{number}/fd"));
        let mut files = files.into_iter().flatten().flatten();
        files.any(|file| {
            std::fs::read_link(file.path()).is_ok_and(|to| to.as_os_str() == socket.as_str())
        })
    })?;
    let name = std::fs::read_to_string(format!("/proc/{number}/comm")).unwrap_or_default();
    // A program names itself: nothing of it may look like a part of our message.
    let plain = |c: &char| c.is_ascii_alphanumeric() || "-_. ".contains(*c);
    let name = name.trim().chars().filter(plain).collect();
    Some((number, name))
}

fn rows() -> impl Iterator<Item = Row> {
    let tables = ["/proc/net/tcp", "/proc/net/tcp6"].map(std::fs::read_to_string);
    let rows = tables.into_iter().flatten().flat_map(|table| {
        let rows: Vec<Row> = table.lines().skip(1).filter_map(row).collect();
        rows
    });
    rows.collect::<Vec<_>>().into_iter()
}

fn row(line: &str) -> Option<Row> {
    let mut words = line.split_ascii_whitespace();
    let (local, remote) = (address(words.nth(1)?)?, address(words.next()?)?);
    let listens = words.next()? == "0A";
    let user = words.nth(3)?.parse().ok()?;
    let inode = words.nth(1)?.parse().ok()?;
    Some(Row {
        local,
        remote,
        listens,
        user,
        inode,
    })
}

/// `0100007F:1F95`: each group of four bytes as one number of this machine.
fn address(text: &str) -> Option<SocketAddr> {
    let (digits, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let mut bytes = Vec::with_capacity(16);
    for at in (0..digits.len()).step_by(8) {
        let group = u32::from_str_radix(digits.get(at..at.saturating_add(8))?, 16).ok()?;
        bytes.extend(group.to_ne_bytes());
    }
    let ip = match <[u8; 4]>::try_from(bytes.as_slice()) {
        Ok(four) => IpAddr::V4(Ipv4Addr::from(four)),
        Err(_) => IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(bytes.as_slice()).ok()?)),
    };
    Some(plain(SocketAddr::new(ip, port)))
}

/// IPv4 as such, where it is written as IPv6; without the scope of a link.
fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::net::{TcpListener, TcpStream};

    #[test]
    fn the_user_of_a_connection_and_the_process_of_a_listener_are_known() {
        for place in ["127.0.0.1:0", "[::1]:0"] {
            let Ok(listener) = TcpListener::bind(place) else {
                continue;
            };
            let own = listener.local_addr().unwrap();
            let client = TcpStream::connect(own).unwrap();
            let (_server, peer) = listener.accept().unwrap();
            assert_eq!(client.local_addr().unwrap(), peer);
            assert_eq!(
                user_of(peer, own),
                Some(rustix::process::geteuid().as_raw())
            );
            assert_eq!(listener_at(own).unwrap().0, std::process::id());
        }
    }

    #[test]
    fn what_is_no_row_is_left_out() {
        for line in ["", "x", "0: 0100007F:1F95", "0: 01:1 02:2 0A a b c d e f"] {
            assert!(row(line).is_none(), "{line}");
        }
    }
}
