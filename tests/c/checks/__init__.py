"""The checks, each with a `CSession`."""
