"""What several suites need: the emulator, a clean environment, callers that know their own answer, a report."""
