//! How many token requests came, by account and by refresh token, whatever they were answered.

use crate::form::Form;
use crate::mint::fingerprint;
use crate::request::Request;
use crate::vault::Vault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// More refresh tokens than these are not told apart.
const KEPT: usize = 250_000;

/// Token requests (`POST /v5/oauth/token`) since the record was cleared, those that a fault hit after reading included.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Posts {
    /// By the name of the account to which the code or the refresh token belongs.
    pub accounts: BTreeMap<String, AccountPosts>,
    /// By the refresh token's fingerprint.
    pub refresh_tokens: BTreeMap<String, u64>,
}

/// Token requests for one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AccountPosts {
    /// With a code.
    pub authorization_code: u64,
    /// With a refresh token.
    pub refresh_token: u64,
}

impl Posts {
    pub(crate) fn count(&mut self, request: &Request, vault: &Vault) {
        if request.method != "POST" || request.path != "/v5/oauth/token" || !request.is_form() {
            return;
        }
        let form = Form::parse(&request.body);
        match form.get("grant_type") {
            Some("authorization_code") => {
                let code = form.get("code").unwrap_or_default();
                if let Some(name) = vault.account_of_code(code) {
                    self.account(name).authorization_code += 1;
                }
            }
            Some("refresh_token") => {
                let token = form.get("refresh_token").unwrap_or_default();
                if let Some(name) = vault.account_of_refresh(token) {
                    self.account(name).refresh_token += 1;
                }
                let fingerprint = fingerprint(token);
                if self.refresh_tokens.len() < KEPT
                    || self.refresh_tokens.contains_key(&fingerprint)
                {
                    *self.refresh_tokens.entry(fingerprint).or_default() += 1;
                }
            }
            _ => (),
        }
    }

    fn account(&mut self, name: &str) -> &mut AccountPosts {
        self.accounts.entry(name.into()).or_default()
    }
}
