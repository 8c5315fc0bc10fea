"""What is checked, and how it is run."""
