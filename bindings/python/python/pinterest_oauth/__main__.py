"""The command `pinterest-oauth`, also as `python -m pinterest_oauth`."""

import signal
import sys

from ._native import cli_main


def main() -> int:
    """Run the command with the arguments of this process; return its exit status."""
    # The command waits outside of Python, where Python's own handler would not be heard.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return cli_main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
