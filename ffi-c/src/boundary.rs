//! The one place where C meets Rust: pointers are checked, panics stop, documents are handed out.

use std::ffi::{CStr, CString};

use libc::c_char;
use pinterest_oauth::Error;
use pinterest_oauth::binding::shield;
use zeroize::Zeroize;

use crate::status::pinterest_oauth_status;

/// A string argument, and its name for errors.
pub(crate) struct Text {
    pub name: &'static str,
    pub pointer: *const c_char,
}

impl Text {
    /// The argument as text.
    ///
    /// # Safety
    /// `pointer` is NULL or points to a NUL-terminated string that nobody changes during the call.
    pub unsafe fn read<'a>(&self) -> Result<&'a str, Error> {
        if self.pointer.is_null() {
            return Err(Error::invalid_argument(self.name, "must not be NULL"));
        }
        // SAFETY: not NULL, and the caller keeps the rest of the promise.
        let bytes = unsafe { CStr::from_ptr(self.pointer) };
        bytes
            .to_str()
            .map_err(|_| Error::invalid_argument(self.name, "must be UTF-8"))
    }
}

/// Runs `body` on its checked arguments and hands out its document: the answer on `OK`, the error
/// otherwise. Every exported function that can fail goes through here.
///
/// # Safety
/// `out_json` is NULL or valid for a write; every text is as [`Text::read`] wants it.
pub(crate) unsafe fn call<const N: usize>(
    out_json: *mut *mut c_char,
    texts: [Text; N],
    body: impl FnOnce([&str; N]) -> Result<String, Error>,
) -> pinterest_oauth_status {
    if out_json.is_null() {
        return pinterest_oauth_status::InvalidArgument;
    }
    // SAFETY: not NULL, and valid for a write by the caller's promise.
    unsafe { out_json.write(std::ptr::null_mut()) };
    let answer = shield(|| {
        let mut read = [""; N];
        for (slot, text) in read.iter_mut().zip(&texts) {
            // SAFETY: the caller's promise for every text.
            *slot = unsafe { text.read() }?;
        }
        body(read)
    });
    let (status, document) = match answer {
        Ok(document) => (pinterest_oauth_status::Ok, document),
        Err(error) => (error.kind().into(), error.to_json()),
    };
    // SAFETY: as above.
    unsafe { out_json.write(into_c(document)) };
    status
}

/// The same for what hands out a handle: on `OK` `*out_handle` is the handle and `*out_json` is `{}`, otherwise
/// `*out_handle` is NULL.
///
/// # Safety
/// As [`call`]; `out_handle` is NULL or valid for a write.
pub(crate) unsafe fn handle<T, const N: usize>(
    out_handle: *mut *mut T,
    name: &'static str,
    out_json: *mut *mut c_char,
    texts: [Text; N],
    body: impl FnOnce([&str; N]) -> Result<T, Error>,
) -> pinterest_oauth_status {
    let body = |texts: [&str; N]| Ok((body(texts)?, String::from("{}")));
    // SAFETY: the caller's promise.
    unsafe { handle_with(out_handle, name, out_json, texts, body) }
}

/// The same for a handle that comes with a document.
///
/// # Safety
/// As [`handle`].
pub(crate) unsafe fn handle_with<T, const N: usize>(
    out_handle: *mut *mut T,
    name: &'static str,
    out_json: *mut *mut c_char,
    texts: [Text; N],
    body: impl FnOnce([&str; N]) -> Result<(T, String), Error>,
) -> pinterest_oauth_status {
    if !out_handle.is_null() {
        // SAFETY: not NULL, and valid for a write by the caller's promise.
        unsafe { out_handle.write(std::ptr::null_mut()) };
    }
    // SAFETY: the caller's promise.
    unsafe {
        call(out_json, texts, |texts| {
            if out_handle.is_null() {
                return Err(Error::invalid_argument(name, "must not be NULL"));
            }
            let (handle, document) = body(texts)?;
            out_handle.write(Box::into_raw(Box::new(handle)));
            Ok(document)
        })
    }
}

/// A document as a C string of its own. JSON escapes NUL, so that there is none.
pub(crate) fn into_c(document: String) -> *mut c_char {
    CString::new(document).unwrap_or_default().into_raw()
}

/// Wipes and frees a string from [`call`].
///
/// # Safety
/// `string` is NULL or came from [`call`] and was not freed yet.
pub(crate) unsafe fn free(string: *mut c_char) {
    if string.is_null() {
        return;
    }
    // SAFETY: `into_c` made it, and the caller gives it up.
    let mut bytes = unsafe { CString::from_raw(string) }.into_bytes();
    bytes.zeroize();
}
