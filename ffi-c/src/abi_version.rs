/// The version of the ABI. A program built against another number must not go on.
pub const PINTEREST_OAUTH_ABI_VERSION: u32 = 1;
