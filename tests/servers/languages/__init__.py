"""What the servers of a language share."""
