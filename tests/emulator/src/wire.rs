//! A connection, plain or with TLS, as the rest sees it.

use std::io;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

pub(crate) trait Wire: AsyncRead + AsyncWrite + Unpin + Send {
    /// The socket underneath.
    fn tcp(&self) -> &TcpStream;

    /// Waits until the peer has sent something, and leaves it unread. False: the peer has closed.
    fn bytes_waiting(&mut self) -> impl Future<Output = io::Result<bool>> + Send;
}

impl Wire for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }

    async fn bytes_waiting(&mut self) -> io::Result<bool> {
        Ok(self.peek(&mut [0_u8; 1]).await? > 0)
    }
}

impl Wire for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }

    async fn bytes_waiting(&mut self) -> io::Result<bool> {
        Ok(!self.fill_buf().await?.is_empty())
    }
}
