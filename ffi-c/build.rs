//! How the shared library is linked: its name for the loader, and that it is never unmapped.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libpinterest_oauth.so.0");
        // PHP unloads libraries while threads may still run in them.
        println!("cargo:rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
}
