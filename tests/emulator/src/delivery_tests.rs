use super::*;
use crate::fault::{Bytes, Fill};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::AsyncWrite;

fn usual() -> Response {
    Response::json(200, &"usual")
}

fn plan(fault: &Fault) -> Plan {
    Plan::faulted(fault, true, usual)
}

/// Everything a plan sends, as text.
fn sent(plan: &Plan) -> String {
    let bytes = plan.steps.iter().filter_map(|step| match step {
        Step::Send(bytes) => Some(bytes.as_slice()),
        _ => None,
    });
    String::from_utf8_lossy(&bytes.collect::<Vec<_>>().concat()).into_owned()
}

fn milliseconds(count: u64) -> Step {
    Step::Pause(Duration::from_millis(count))
}

#[test]
fn a_usual_answer_is_one_write_and_the_connection_stays() {
    let plan = Plan::plain(usual(), true);
    assert_eq!(plan.steps.len(), 1);
    assert_eq!(plan.status, Some(200));
    assert_eq!(
        sent(&plan),
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: keep-alive\r\n\
         content-length: 7\r\n\r\n\"usual\""
    );
}

#[test]
fn a_usual_answer_closes_where_the_client_wants_that() {
    let plan = Plan::plain(usual(), false);
    assert_eq!(plan.steps.last(), Some(&Step::Close));
    assert!(sent(&plan).contains("\r\nconnection: close\r\n"));
}

#[test]
fn a_scripted_answer_gets_type_and_length_and_is_one_write() {
    let fault = Fault {
        status: Some(503),
        reason: Some("Down".into()),
        headers: vec![("X-Name".into(), Some("a".into()))],
        body: Some("no".into()),
        ..Fault::default()
    };
    let plan = plan(&fault);
    assert_eq!(plan.steps.len(), 1);
    assert_eq!(
        sent(&plan),
        "HTTP/1.1 503 Down\r\ncontent-type: application/json\r\nX-Name: a\r\ncontent-length: 2\r\n\r\nno"
    );
}

#[test]
fn a_header_without_a_value_is_left_out() {
    let headers = vec![
        ("Content-Type".into(), None),
        ("Content-Length".into(), None),
    ];
    let text = sent(&plan(&Fault {
        headers,
        body: Some("x".into()),
        ..Fault::default()
    }));
    assert_eq!(text, "HTTP/1.1 200 OK\r\n\r\nx");
}

#[test]
fn a_named_length_is_sent_even_if_it_is_wrong() {
    let headers = vec![("content-length".into(), Some("99".into()))];
    let text = sent(&plan(&Fault {
        headers,
        body: Some("x".into()),
        ..Fault::default()
    }));
    assert!(text.contains("content-length: 99"), "{text}");
    assert_eq!(text.matches("content-length").count(), 1);
}

#[test]
fn status_204_has_neither_length_nor_type() {
    let text = sent(&plan(&Fault {
        status: Some(204),
        ..Fault::default()
    }));
    assert_eq!(text, "HTTP/1.1 204 No Content\r\n\r\n");
}

#[test]
fn every_kind_of_body_can_be_scripted() {
    let body_of = |fault: Fault| {
        sent(&plan(&fault))
            .split_once("\r\n\r\n")
            .unwrap()
            .1
            .to_owned()
    };
    assert_eq!(
        body_of(Fault {
            body: Some("t".into()),
            ..Fault::default()
        }),
        "t"
    );
    assert_eq!(
        body_of(Fault {
            body_json: Some(serde_json::json!({"a": [1]})),
            ..Fault::default()
        }),
        "{\"a\":[1]}"
    );
    assert_eq!(
        body_of(Fault {
            body_base64: Some(Bytes(b"b".to_vec())),
            ..Fault::default()
        }),
        "b"
    );
    let fill = Fill {
        prefix: "<".into(),
        byte: "=".into(),
        count: 3,
        suffix: ">".into(),
    };
    assert_eq!(
        body_of(Fault {
            body_fill: Some(fill),
            ..Fault::default()
        }),
        "<===>"
    );
}

#[test]
fn a_gzip_body_unpacks_to_what_was_scripted() {
    use std::io::Read;
    let plan = plan(&Fault {
        gzip: true,
        body: Some("zip".repeat(50)),
        ..Fault::default()
    });
    let Some(Step::Send(bytes)) = plan.steps.first() else {
        panic!("nothing is sent")
    };
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    assert!(String::from_utf8_lossy(&bytes[..end]).contains("content-encoding: gzip"));
    let mut text = String::new();
    flate2::read::GzDecoder::new(&bytes[end + 4..])
        .read_to_string(&mut text)
        .unwrap();
    assert_eq!(text, "zip".repeat(50));
}

#[test]
fn a_chunked_body_has_no_length_and_ends_with_an_empty_chunk() {
    let text = sent(&plan(&Fault {
        chunked: true,
        body: Some("abc".into()),
        ..Fault::default()
    }));
    assert!(
        text.ends_with("\r\n\r\n1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n"),
        "{text}"
    );
    assert!(!text.contains("content-length"));
}

#[test]
fn pauses_come_where_they_are_asked_for() {
    let fault = Fault {
        delay_ms: 1,
        header_gap_ms: 2,
        body_delay_ms: 3,
        body_gap_ms: 4,
        body: Some("ab".into()),
        ..Fault::default()
    };
    let plan = plan(&fault);
    let pauses: Vec<&Step> = plan
        .steps
        .iter()
        .filter(|step| matches!(step, Step::Pause(_)))
        .collect();
    // Status line, content-type, content-length, empty line.
    let expected = [1, 2, 2, 2, 2, 3, 4].map(milliseconds);
    assert_eq!(pauses, expected.iter().collect::<Vec<_>>());
    assert_eq!(plan.steps.first(), Some(&milliseconds(1)));
    assert!(sent(&plan).ends_with("\r\n\r\nab"));
}

#[test]
fn a_truncated_body_promises_more_than_it_gives() {
    let plan = plan(&Fault {
        truncate: Some(2),
        body: Some("abcdef".into()),
        ..Fault::default()
    });
    let text = sent(&plan);
    assert!(
        text.contains("content-length: 6") && text.ends_with("\r\n\r\nab"),
        "{text}"
    );
    assert_eq!(plan.steps.last(), Some(&Step::Close));
}

#[test]
fn a_truncated_chunked_body_never_ends() {
    let fault = Fault {
        chunked: true,
        truncate: Some(1),
        body: Some("ab".into()),
        ..Fault::default()
    };
    assert!(sent(&plan(&fault)).ends_with("1\r\na\r\n"));
}

#[test]
fn a_reset_comes_after_exactly_so_many_bytes() {
    let plan_of = |count| {
        plan(&Fault {
            reset_after: Some(count),
            ..Fault::default()
        })
    };
    let ten = plan_of(10);
    assert_eq!(ten.steps, [Step::Send(b"HTTP/1.1 2".to_vec()), Step::Reset]);
    let none = plan_of(0);
    assert_eq!((none.steps, none.status), (vec![Step::Reset], None));
}

#[test]
fn raw_bytes_replace_the_answer() {
    let plan = plan(&Fault {
        raw_base64: Some(Bytes(b"\0\x01".to_vec())),
        ..Fault::default()
    });
    assert_eq!(plan.steps, [Step::Send(b"\0\x01".to_vec()), Step::Close]);
    assert_eq!(plan.status, None);
}

#[test]
fn a_close_after_the_answer_is_not_announced() {
    let plan = plan(&Fault {
        close_after: true,
        close_delay_ms: 5,
        ..Fault::default()
    });
    assert!(!sent(&plan).contains("connection"));
    assert_eq!(plan.steps[1..], [milliseconds(5), Step::Close]);
}

#[test]
fn actions_without_an_answer_send_nothing() {
    for (action, step) in [
        (Action::Reset, Step::Reset),
        (Action::Close, Step::Close),
        (Action::Hang, Step::Hang),
    ] {
        assert_eq!(
            plan(&Fault {
                action,
                ..Fault::default()
            })
            .steps,
            [step]
        );
    }
}

#[test]
fn the_usual_answer_can_be_asked_for_with_another_status_and_header() {
    let fault = Fault {
        action: Action::Pinterest,
        status: Some(201),
        headers: vec![("Content-Type".into(), Some("text/plain".into()))],
        ..Fault::default()
    };
    let text = sent(&plan(&fault));
    assert!(
        text.starts_with("HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\n"),
        "{text}"
    );
    assert!(text.ends_with("\r\n\r\n\"usual\""), "{text}");
}

/// Counts how often it is written to.
#[derive(Default)]
struct Counter {
    writes: usize,
    bytes: usize,
}

impl AsyncWrite for Counter {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        self.writes += 1;
        self.bytes += bytes.len();
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[test]
fn head_and_body_go_to_the_kernel_in_a_single_write() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let long = Fault {
        body: Some("x".repeat(60_000)),
        ..Fault::default()
    };
    for plan in [Plan::plain(usual(), true), plan(&long)] {
        let [Step::Send(bytes)] = plan.steps.as_slice() else {
            panic!("more than one step: {plan:?}")
        };
        let mut counter = Counter::default();
        runtime.block_on(write_once(&mut counter, bytes)).unwrap();
        assert_eq!((counter.writes, counter.bytes), (1, bytes.len()));
    }
}
