//! Brings an emulator up: sockets, certificates, the thread and what runs on it.

use crate::clock::{Clock, year};
use crate::folder::Folder;
use crate::options::{Options, REDIRECT_URIS, Urls};
use crate::server::Listener;
use crate::tls::Certificates;
use crate::vault::{Environment, Vault};
use crate::world::{App, Shared, World};
use crate::{Emulator, control, proxy, server};
use std::io;
use std::net::{Ipv4Addr, TcpListener as Socket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

/// Sockets that are bound and listening, in blocking form until the runtime takes them.
struct Sockets {
    data: Vec<(Socket, Listener)>,
    control: Socket,
    control_port: u16,
    proxy: Socket,
}

pub(crate) fn start(options: Options) -> io::Result<Emulator> {
    let mut vault = Vault::new()?;
    let unique = vault.mint.hex(16);
    let folder = match options.dir.clone() {
        None => Folder::new(&unique)?,
        Some(dir) => Folder::given(dir)?,
    };
    let (sockets, urls) = bind(&options, folder.path())?;
    let clock = Clock::told(urls.clock_file.clone())?;

    let app_id = options.app_id.unwrap_or_else(|| "1234567".into());
    let app_secret = options.app_secret.unwrap_or_else(|| vault.mint.hex(40));
    let registered = REDIRECT_URIS
        .iter()
        .map(|&uri| uri.to_owned())
        .chain(options.redirect_uris)
        .collect();
    let app = App {
        id: app_id.clone(),
        secret: app_secret.clone(),
        redirect_uris: registered,
    };
    let world = World::new(app, urls.clone(), options.switches, vault, clock);
    let shared = Arc::new(Shared::new(world));

    let runtime = Builder::new_current_thread().enable_all().build()?;
    {
        let _context = runtime.enter();
        for (socket, listener) in sockets.data {
            tokio::spawn(server::listen(
                TcpListener::from_std(socket)?,
                listener,
                Arc::clone(&shared),
            ));
        }
        tokio::spawn(control::listen(
            TcpListener::from_std(sockets.control)?,
            sockets.control_port,
            Arc::clone(&shared),
        ));
        tokio::spawn(proxy::listen(
            TcpListener::from_std(sockets.proxy)?,
            Arc::clone(&shared),
        ));
    }
    let (stop, stopped) = oneshot::channel::<()>();
    let thread = std::thread::Builder::new()
        .name("pinterest-oauth-emulator".into())
        .spawn(move || {
            // An error means that the sender is gone: that is the end as well.
            let _ = runtime.block_on(stopped);
        })?;
    Ok(Emulator {
        shared,
        urls,
        app_id,
        app_secret,
        stop: Some(stop),
        thread: Some(thread),
        _folder: folder,
    })
}

fn bind(options: &Options, dir: &Path) -> io::Result<(Sockets, Urls)> {
    let mut data = Vec::new();
    let mut add = |port, name, environment, tls| -> io::Result<u16> {
        let (socket, port) = socket(port)?;
        data.push((
            socket,
            Listener {
                name,
                port,
                environment,
                tls,
            },
        ));
        Ok(port)
    };
    let port = add(options.port, "http", Environment::Production, None)?;
    let sandbox_port = add(0, "sandbox", Environment::Sandbox, None)?;
    let (control, control_port) = socket(options.control_port)?;
    let (proxy, proxy_port) = socket(0)?;
    let mut urls = Urls {
        base_url: format!("http://127.0.0.1:{port}/v5"),
        oauth_url: format!("http://127.0.0.1:{port}"),
        https_base_url: None,
        expired_base_url: None,
        wrong_host_base_url: None,
        untrusted_base_url: None,
        sandbox_base_url: format!("http://127.0.0.1:{sandbox_port}/v5"),
        proxy_url: format!("http://127.0.0.1:{proxy_port}"),
        control_url: format!("http://127.0.0.1:{control_port}"),
        clock_file: dir.join("clock"),
        ca_file: None,
    };
    if options.tls {
        let this_year = i32::try_from(year(Clock::default().now())).map_err(io::Error::other)?;
        let certificates = Certificates::new(this_year)?;
        urls.ca_file = Some(write_ca(dir, &certificates.ca_pem)?);
        let mut add = |name, tls| -> io::Result<Option<String>> {
            let port = add(0, name, Environment::Production, Some(tls))?;
            Ok(Some(format!("https://localhost:{port}/v5")))
        };
        urls.https_base_url = add("https", certificates.good)?;
        urls.expired_base_url = add("expired", certificates.expired)?;
        urls.wrong_host_base_url = add("wrong_host", certificates.wrong_host)?;
        urls.untrusted_base_url = add("untrusted", certificates.untrusted)?;
    }
    Ok((
        Sockets {
            data,
            control,
            control_port,
            proxy,
        },
        urls,
    ))
}

fn socket(port: u16) -> io::Result<(Socket, u16)> {
    let socket = Socket::bind((Ipv4Addr::LOCALHOST, port))?;
    socket.set_nonblocking(true)?;
    let port = socket.local_addr()?.port();
    Ok((socket, port))
}

fn write_ca(dir: &Path, pem: &str) -> io::Result<PathBuf> {
    let file = dir.join("ca.pem");
    std::fs::write(&file, pem)?;
    Ok(file)
}
