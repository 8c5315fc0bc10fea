//! What a login under way shows to the person.

use serde_json::json;

use crate::secret::Secret;
use crate::text::json::written;

/// What a login under way shows to the person.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LoginStarted {
    /// What to tell a person at a terminal, in lines. It holds no secret.
    pub message: String,
    /// The way for other machines, in lines, with [`authorize_url`](Self::authorize_url) in them; where that is. Show it to
    /// the person alone.
    pub instructions: Option<Secret>,
    /// The address to open in a browser on this machine. It holds no secret.
    pub start_url: String,
    /// Pinterest's page, for a browser on another machine: the address of the page that follows is to be pasted then. It
    /// carries the state: show it to the person alone.
    pub authorize_url: Option<Secret>,
    /// Whether a browser was started.
    pub opened: bool,
    /// Why none was started, for a person; `None` where one was, or where none was wanted.
    pub why_not_opened: Option<&'static str>,
    /// Sentences about scopes that are perhaps misspelled.
    pub hints: Vec<String>,
}

impl LoginStarted {
    /// As a document.
    pub fn to_json(&self) -> String {
        written(&json!({
            "message": self.message,
            "instructions": self.instructions.as_ref().map(Secret::expose),
            "start_url": self.start_url,
            "authorize_url": self.authorize_url.as_ref().map(Secret::expose),
            "opened": self.opened,
            "why_not_opened": self.why_not_opened,
            "hints": self.hints,
        }))
    }
}
