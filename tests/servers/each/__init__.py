"""One module per server: `ABOUT`, what it has to offer, and `start`. README.md says how to add one."""
