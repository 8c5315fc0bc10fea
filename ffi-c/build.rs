//! How the shared library is linked: its name for the loader, and that it is never unmapped.

include!("src/abi_version.rs");

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/abi_version.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        let soname = format!("libpinterest_oauth.so.{PINTEREST_OAUTH_ABI_VERSION}");
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,{soname}");
        // PHP unloads libraries while threads may still run in them.
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
