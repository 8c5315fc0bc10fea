"""The documents of the generated clients, as tests."""
