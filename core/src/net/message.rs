//! A request and an answer as HTTP messages, the same for every way to send them.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Method;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONNECTION, CONTENT_TYPE, HeaderMap, HeaderValue,
    USER_AGENT,
};
use http_body::{Body, Frame, SizeHint};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::wire::{Gate, Incoming, MAX_BODY, Outgoing};

/// Every header of `call` but those of the connection.
pub(crate) fn headers(call: &Outgoing) -> HeaderMap {
    const AGENT: &str = concat!("pinterest-oauth/", env!("CARGO_PKG_VERSION"));
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    headers.insert(AUTHORIZATION, call.authorization.clone());
    if call.form.is_some() {
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
    }
    if !call.keep_alive {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    headers
}

/// More headers than any server sends, and than a proxy adds.
pub(crate) const MAX_HEADERS: usize = 1_000;

/// An answer as far as it came.
pub(crate) struct Begun {
    status: u16,
    headers: HeaderMap,
    body: Zeroizing<Vec<u8>>,
}

impl Begun {
    /// As an answer that `error` ended.
    pub(crate) fn broken(self, error: Error) -> Incoming {
        let mut incoming = Incoming::new(self.status, self.headers, Some(self.body));
        incoming.broken = Some(error);
        incoming
    }
}

/// The answer that `response` is, read to its end; `begun` has it where that does not come.
pub(crate) async fn read<B>(
    response: http::Response<B>,
    begun: &mut Option<Begun>,
) -> Result<Incoming, B::Error>
where
    B: Body<Data = Bytes>,
{
    let (head, body) = response.into_parts();
    let mut body = pin!(body);
    // As large as announced from the start: what grows leaves copies behind that nobody wipes.
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(MAX_BODY);
    let part = begun.insert(Begun {
        status: head.status.as_u16(),
        headers: head.headers,
        body: Zeroizing::new(Vec::with_capacity(announced.min(MAX_BODY))),
    });
    let mut too_large = false;
    while let Some(frame) = std::future::poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        let Ok(chunk) = frame?.into_data() else {
            continue;
        };
        if part.body.len().saturating_add(chunk.len()) > MAX_BODY {
            too_large = true;
            break;
        }
        part.body.extend_from_slice(&chunk);
    }
    let whole = std::mem::take(&mut part.body);
    let headers = std::mem::take(&mut part.headers);
    Ok(Incoming::new(
        part.status,
        headers,
        (!too_large).then_some(whole),
    ))
}

/// The form, which asks the gate when it is taken, and notes it: from then on bytes may have reached the server. hyper
/// takes it once it has a connection and before it writes anything, and never before.
pub(crate) struct Form {
    bytes: Option<Bytes>,
    gate: Option<Arc<Gate>>,
    sent: Arc<AtomicBool>,
}

impl Form {
    /// That of `call`; without one an empty one, and none at all for GET (RFC 9110, section 8.6).
    pub(crate) fn of(call: &Outgoing, sent: &Arc<AtomicBool>) -> Self {
        Self {
            bytes: match call.method {
                Method::GET => None,
                _ => Some(call.form.clone().unwrap_or_default()),
            },
            gate: call.gate.clone(),
            sent: Arc::clone(sent),
        }
    }
}

impl Body for Form {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Some(gate) = self.gate.take()
            && let Err(error) = gate()
        {
            return Poll::Ready(Some(Err(error)));
        }
        self.sent.store(true, Ordering::Relaxed);
        Poll::Ready(self.bytes.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        // hyper takes no frame of an empty form. Of that it asks this, as soon as it has a connection.
        if self.bytes.as_ref().is_none_or(Bytes::is_empty) {
            self.sent.store(true, Ordering::Relaxed);
        }
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
