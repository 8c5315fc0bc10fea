//! The commands of the token manager, as data.

use pinterest_oauth::binding::documents::{CONFIG, Document, MANAGER};

use super::{
    access_token, accounts, doctor, export, import, refresh, remove, rename, revoke, status,
};
use crate::command::{Choice, Command, Fields, flag, option};

/// What leads to a store and to Pinterest.
const SETTINGS: &[(&Document, Fields)] = &[
    (&MANAGER, Fields::Except(&["file_systems"])),
    (&CONFIG, Fields::Except(&["oauth_url"])),
];

const ACCOUNT: Choice = option(
    "account",
    "NAME",
    "the account; default where it is left out",
);
const WHICH: Choice = option("account", "NAME", "the account");
const SECRET: Choice = option(
    "app-secret-file",
    "FILE",
    "a file with the app's secret; else PINTEREST_APP_SECRET",
);
const JSON: Choice = flag("json", "print JSON; errors as JSON on standard error");

fn nothing() -> String {
    String::new()
}

/// Every command, in the order in which people need them.
pub(crate) const COMMANDS: &[Command] = &[
    Command {
        name: "access-token",
        summary: "print an access token of an account that is valid now: IT IS A SECRET",
        word: "",
        fields: SETTINGS,
        options: &[
            ACCOUNT,
            option(
                "scope",
                "SCOPES",
                "fail where the token does not have all of these",
            ),
            SECRET,
            JSON,
        ],
        more: || {
            String::from(
                "\
It is refreshed when that is due, once, whoever asks at the same time.

Example:
  curl --oauth2-bearer \"$(pinterest-oauth access-token --account shop-42)\" \\
      https://api.pinterest.com/v5/user_account
",
            )
        },
        run: access_token,
    },
    Command {
        name: "accounts",
        summary: "list the accounts of the store",
        word: "",
        fields: SETTINGS,
        options: &[SECRET, JSON],
        more: nothing,
        run: accounts,
    },
    Command {
        name: "status",
        summary: "tell where an account stands, or check all of them for monitoring",
        word: "",
        fields: SETTINGS,
        options: &[
            option(
                "account",
                "NAME",
                "the account; with --check all where it is left out",
            ),
            flag(
                "check",
                "one line and the exit code of a monitoring plug-in: 0 good, 1 somebody should look, 2 a user must log in, 3 not known",
            ),
            SECRET,
            JSON,
        ],
        more: || {
            String::from(
                "\
Nothing is sent.

Example, for Nagios, Icinga and their like:
  pinterest-oauth status --check
",
            )
        },
        run: status,
    },
    Command {
        name: "refresh",
        summary: "refresh what is due, for a timer; or one account",
        word: "",
        fields: SETTINGS,
        options: &[
            flag("due", "every account that is due"),
            option(
                "parallel",
                "NUMBER",
                "with --due, how many at once; 16 by default",
            ),
            WHICH,
            flag(
                "force",
                "with --account, although nothing is due, after a failure, and where a login is needed",
            ),
            SECRET,
            JSON,
        ],
        more: || {
            String::from(
                "\
Without a terminal it says nothing when all went well. The exit code is 0 when every account
has a token that works, also where a refresh failed and is tried again; 20 when a user must
log in again.

Example, a line for cron:
  17 * * * *  pinterest-oauth refresh --due
",
            )
        },
        run: refresh,
    },
    Command {
        name: "doctor",
        summary: "look the store over: files, modes, damage, whether a timer runs",
        word: "",
        fields: SETTINGS,
        options: &[
            flag(
                "repair",
                "move damaged records aside, and make what is missing",
            ),
            SECRET,
            JSON,
        ],
        more: nothing,
        run: doctor,
    },
    Command {
        name: "import",
        summary: "store a token that was issued elsewhere",
        word: "",
        fields: SETTINGS,
        options: &[
            WHICH,
            option(
                "token-file",
                "FILE",
                "a token document, an answer of Pinterest or a file of its quickstart; - is standard input",
            ),
            flag(
                "from-env",
                "take PINTEREST_ACCESS_TOKEN and PINTEREST_REFRESH_ACCESS_TOKEN",
            ),
            SECRET,
            JSON,
        ],
        more: nothing,
        run: import,
    },
    Command {
        name: "export",
        summary: "print or write the stored token of an account: IT IS A SECRET",
        word: "",
        fields: SETTINGS,
        options: &[
            WHICH,
            option("output", "FILE", "write it there, readable by you alone"),
            SECRET,
            flag(
                "json",
                "print it on standard output; errors as JSON on standard error",
            ),
        ],
        more: || {
            String::from(
                "\
Two programs that refresh one token lose it: what was exported is for moving an account to
another store, or for a program that never refreshes.
",
            )
        },
        run: export,
    },
    Command {
        name: "rename",
        summary: "give an account another name",
        word: "",
        fields: SETTINGS,
        options: &[WHICH, option("to", "NAME", "the new name"), SECRET, JSON],
        more: nothing,
        run: rename,
    },
    Command {
        name: "remove",
        summary: "remove an account from the store, with every copy of its tokens",
        word: "",
        fields: SETTINGS,
        options: &[WHICH, SECRET, JSON],
        more: || {
            String::from(
                "\
Pinterest is told nothing: the user takes the app's access away in the settings of Pinterest.
",
            )
        },
        run: remove,
    },
    Command {
        name: "revoke",
        summary: "revoke the tokens of an account at Pinterest, then remove it",
        word: "",
        fields: SETTINGS,
        options: &[WHICH, SECRET, JSON],
        more: || {
            String::from(
                "\
Pinterest permits it for tokens of system users alone; where it refuses, nothing is removed.
",
            )
        },
        run: revoke,
    },
];
