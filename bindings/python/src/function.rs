//! Functions that Python declares and this crate runs: `_client.py` says the name, the parameters and the help of each.
//! No Python frame holds an argument meanwhile, so that no traceback shows a secret.

use pinterest_oauth::Error;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};

use crate::arguments::Arguments;
use crate::call::{self, Handle, guarded};
use crate::coroutine::coroutine;
use crate::manager::Manager;

// What a declared function has, so that help(), inspect and editors find it.
const SHOWN: [&str; 4] = ["__module__", "__name__", "__qualname__", "__doc__"];

static METHOD: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// A native function in place of the declared one; the call is made while the caller waits.
#[pyfunction]
#[pyo3(signature = (function, /))]
pub(crate) fn native<'py>(function: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Function>> {
    Function::of(function, false)
}

/// The same as a coroutine, whose call is made once it is awaited.
#[pyfunction]
#[pyo3(signature = (function, /))]
pub(crate) fn awaited<'py>(function: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Function>> {
    Function::of(function, true)
}

#[pyclass(frozen, dict, name = "_Function", module = "pinterest_oauth._native")]
pub(crate) struct Function {
    name: String,
    /// The parameters that need no name, `self` among them.
    positional: Vec<String>,
    awaited: bool,
}

impl Function {
    fn of<'py>(declared: &Bound<'py, PyAny>, awaited: bool) -> PyResult<Bound<'py, Self>> {
        let code = declared.getattr("__code__")?;
        let count: usize = code.getattr("co_argcount")?.extract()?;
        let names: Vec<String> = code.getattr("co_varnames")?.extract()?;
        let function = Self {
            name: declared.getattr("__name__")?.extract()?,
            positional: names.into_iter().take(count).collect(),
            awaited,
        };
        let function = Bound::new(declared.py(), function)?;
        for name in SHOWN {
            function.setattr(name, declared.getattr(name)?)?;
        }
        function.setattr("__wrapped__", declared)?;
        Ok(function)
    }
}

#[pymethods]
impl Function {
    #[pyo3(signature = (*arguments, **keywords))]
    fn __call__<'py>(
        slf: &Bound<'py, Self>,
        arguments: &Bound<'py, PyTuple>,
        keywords: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (py, function) = (slf.py(), slf.get());
        let mut positional = function.positional.iter().zip(arguments);
        let client = match function.positional.first() {
            Some(first) if first == "self" => positional.next().map(|(_, client)| client),
            _ => None,
        };
        let bound = guarded(py, || {
            if arguments.len() > function.positional.len() {
                let problem = "must be given by name, all but the first";
                return Err(Error::invalid_argument("arguments", problem));
            }
            Arguments::bind(positional, keywords)
        });
        if let Some(Ok(manager)) = client.as_ref().map(|client| client.cast::<Manager>()) {
            let name: String = slf.getattr("__qualname__")?.extract()?;
            let awaited = function.awaited.then_some(name.as_str());
            return manager.get().run(py, &function.name, awaited, bound);
        }
        let client = match &client {
            Some(client) => Some(client.cast::<Handle>()?.get()),
            None => None,
        };
        match client {
            Some(client) if function.awaited => {
                let call = bound
                    .and_then(|arguments| guarded(py, || call::request(&function.name, arguments)));
                let name = slf.getattr("__qualname__")?;
                coroutine(py, name, client.connected(py)?, call)
            }
            Some(client) => client.run(py, &function.name, bound?),
            None => call::run_alone(py, &function.name, bound?),
        }
    }

    /// Binds the function to a client, as Python's own functions do.
    fn __get__<'py>(
        slf: &Bound<'py, Self>,
        instance: Option<&Bound<'py, PyAny>>,
        owner: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let _ = owner;
        match instance {
            Some(instance) => METHOD
                .import(slf.py(), "types", "MethodType")?
                .call1((slf, instance)),
            None => Ok(slf.clone().into_any()),
        }
    }
}
