"""The benchmarks: one module for each table, and what they share."""
