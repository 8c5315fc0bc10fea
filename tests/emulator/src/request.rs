//! Reading an HTTP/1.1 request. Neither connections' lives nor Pinterest's rules.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

const HEAD_LIMIT: usize = 128 * 1024;
const BODY_LIMIT: usize = 4 * 1024 * 1024;

pub(crate) struct Request {
    pub(crate) method: String,
    /// As sent: path and query, or the whole URL towards a proxy.
    pub(crate) target: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) version: &'static str,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The first header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers_of(name).next()
    }

    /// Every header of this name, in order.
    pub(crate) fn headers_of(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers
            .iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn is_form(&self) -> bool {
        let kind = self
            .header("content-type")
            .and_then(|value| value.split(';').next())
            .unwrap_or_default();
        kind.trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    }

    /// Whether the client expects the connection to stay open.
    pub(crate) fn keep_alive(&self) -> bool {
        let wish = self
            .header("connection")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let named = |word: &str| wish.split(',').any(|item| item.trim() == word);
        if self.version == "HTTP/1.0" {
            named("keep-alive")
        } else {
            !named("close")
        }
    }
}

pub(crate) enum ReadError {
    /// The peer closed before a request began.
    Closed,
    /// The peer closed, or the connection broke, in the middle of a request.
    Partial,
    /// This is no HTTP request that can be read; the text says why.
    Malformed(&'static str),
}

/// Reads one request; what comes after it stays in `buffer`.
pub(crate) async fn read_request<S>(
    stream: &mut S,
    buffer: &mut Vec<u8>,
) -> Result<Request, ReadError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mut request, used) = loop {
        if let Some(parsed) = parse_head(buffer)? {
            break parsed;
        }
        if buffer.len() > HEAD_LIMIT {
            return Err(ReadError::Malformed("the head is too long"));
        }
        more(stream, buffer).await?;
    };
    buffer.drain(..used);
    if request
        .header("expect")
        .is_some_and(|value| value.eq_ignore_ascii_case("100-continue"))
    {
        stream
            .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")
            .await
            .map_err(|_| ReadError::Partial)?;
        stream.flush().await.map_err(|_| ReadError::Partial)?;
    }
    let chunked = request
        .header("transfer-encoding")
        .is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
    request.body = if chunked {
        read_chunks(stream, buffer).await?
    } else {
        let length = match request.header("content-length") {
            Some(text) => text
                .parse()
                .map_err(|_| ReadError::Malformed("content-length is no number"))?,
            None => 0,
        };
        take(stream, buffer, length).await.map_err(body_error)?
    };
    Ok(request)
}

fn body_error(error: ReadError) -> ReadError {
    if matches!(error, ReadError::Closed) {
        ReadError::Partial
    } else {
        error
    }
}

fn parse_head(buffer: &[u8]) -> Result<Option<(Request, usize)>, ReadError> {
    let mut headers = [httparse::EMPTY_HEADER; 128];
    let mut parsed = httparse::Request::new(&mut headers);
    let used = match parsed.parse(buffer) {
        Ok(httparse::Status::Complete(used)) => used,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => {
            return Err(ReadError::Malformed("too many headers"));
        }
        Err(_) => return Err(ReadError::Malformed("this is not HTTP")),
    };
    let target = parsed.path.unwrap_or_default().to_owned();
    let (path, query) = split_target(&target);
    let headers = parsed
        .headers
        .iter()
        .map(|header| {
            (
                header.name.to_owned(),
                String::from_utf8_lossy(header.value).into_owned(),
            )
        })
        .collect();
    let request = Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        version: if parsed.version == Some(0) {
            "HTTP/1.0"
        } else {
            "HTTP/1.1"
        },
        target,
        path,
        query,
        headers,
        body: Vec::new(),
    };
    Ok(Some((request, used)))
}

fn split_target(target: &str) -> (String, String) {
    let local = match target.split_once("://") {
        Some((_, rest)) => rest
            .find(['/', '?'])
            .and_then(|at| rest.get(at..))
            .unwrap_or("/"),
        None => target,
    };
    let (path, query) = local.split_once('?').unwrap_or((local, ""));
    (path.to_owned(), query.to_owned())
}

async fn more<S: AsyncRead + Unpin>(stream: &mut S, buffer: &mut Vec<u8>) -> Result<(), ReadError> {
    buffer.reserve(16 * 1024);
    match stream.read_buf(buffer).await {
        Ok(0) if buffer.is_empty() => Err(ReadError::Closed),
        Ok(0) | Err(_) => Err(ReadError::Partial),
        Ok(_) => Ok(()),
    }
}

async fn take<S: AsyncRead + Unpin>(
    stream: &mut S,
    buffer: &mut Vec<u8>,
    length: usize,
) -> Result<Vec<u8>, ReadError> {
    if length > BODY_LIMIT {
        return Err(ReadError::Malformed("the body is too long"));
    }
    while buffer.len() < length {
        more(stream, buffer).await?;
    }
    Ok(buffer.drain(..length).collect())
}

async fn line<S: AsyncRead + Unpin>(
    stream: &mut S,
    buffer: &mut Vec<u8>,
) -> Result<String, ReadError> {
    loop {
        if let Some(end) = buffer.windows(2).position(|pair| pair == b"\r\n") {
            let bytes: Vec<u8> = buffer.drain(..end + 2).collect();
            return Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned());
        }
        if buffer.len() > HEAD_LIMIT {
            return Err(ReadError::Malformed("a line is too long"));
        }
        more(stream, buffer).await?;
    }
}

async fn read_chunks<S: AsyncRead + Unpin>(
    stream: &mut S,
    buffer: &mut Vec<u8>,
) -> Result<Vec<u8>, ReadError> {
    let mut body = Vec::new();
    loop {
        let size = line(stream, buffer).await.map_err(body_error)?;
        let digits = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(digits, 16)
            .map_err(|_| ReadError::Malformed("a chunk has no length"))?;
        if size == 0 {
            while !line(stream, buffer).await.map_err(body_error)?.is_empty() {}
            return Ok(body);
        }
        body.extend(take(stream, buffer, size).await.map_err(body_error)?);
        line(stream, buffer).await.map_err(body_error)?;
        if body.len() > BODY_LIMIT {
            return Err(ReadError::Malformed("the body is too long"));
        }
    }
}
