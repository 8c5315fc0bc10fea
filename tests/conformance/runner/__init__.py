"""The conformance runner: one table of cases, one driver per language, one matrix. Standard library only."""
