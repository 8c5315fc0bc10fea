//! The native half of the Python package: converts, calls the core, converts back. No rule lives here.

use std::ffi::OsString;

use pinterest_oauth::binding::shield;
use pyo3::prelude::*;

mod account;
mod answers;
mod arguments;
mod async_account;
mod call;
mod coroutine;
mod deeds;
mod errors;
mod function;
mod json;
mod log;
mod login;
mod manager;
mod token;
mod work;

/// Runs the command `pinterest-oauth` with these arguments, the program's name not among them.
///
/// Returns its exit status.
#[pyfunction]
fn cli_main(py: Python<'_>, arguments: Vec<OsString>) -> PyResult<i32> {
    let program = std::iter::once(OsString::from("pinterest-oauth"));
    py.detach(|| shield(|| Ok(pinterest_oauth_cli::run(program.chain(arguments)))))
        .map_err(|error| errors::raised(py, &error))
}

#[pymodule]
mod _native {
    use super::*;

    #[pymodule_export]
    use super::account::Account;
    #[pymodule_export]
    use super::answers::AuthorizeUrl;
    #[pymodule_export]
    use super::async_account::AsyncAccount;
    #[pymodule_export]
    use super::call::Handle;
    #[pymodule_export]
    use super::cli_main;
    #[pymodule_export]
    use super::coroutine::Call;
    #[pymodule_export]
    use super::function::{awaited, native};
    #[pymodule_export]
    use super::login::{Login, LoginBegin, LoginStarted};
    #[pymodule_export]
    use super::manager::{Manager, finish};
    #[pymodule_export]
    use super::token::Token;
    #[pymodule_export]
    use super::work::Work;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        // Sets up the shield before there are threads, so that no fork can find it half done.
        shield(|| Ok(())).map_err(|error| errors::raised(module.py(), &error))?;
        module.add("__version__", pinterest_oauth::VERSION)
    }
}
