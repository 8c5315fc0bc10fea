"""The emulator's two pages in a real Chromium: what a click does, what is shown, and that no other page gets in."""
