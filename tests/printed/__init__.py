"""What is printed runs: the documents of tests/seeds, the blocks of the READMEs, the examples."""
