"""Builds and runs the C programs of `src`, and says what passed."""
