"""The command `login` in a real Chromium, at a terminal, and under attack."""
