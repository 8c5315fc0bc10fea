"""The checks. Each is a function that takes the bench and reports sentences."""
