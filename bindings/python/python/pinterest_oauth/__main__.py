"""The command `pinterest-oauth`, also as `python -m pinterest_oauth`."""

import os
import signal
import sys

from ._native import cli_main


def main() -> int:
    """Run the command with the arguments of this process; return its exit status."""
    if os.name == "posix":
        _fill_standard_streams()
    # The command waits outside of Python, where Python's own handler would not be heard.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return cli_main(sys.argv[1:])


def _fill_standard_streams() -> None:
    """Open what is closed of 0 to 2, so that no connection gets such a number, and with it what is printed.

    A closed standard output stays one that cannot be written: a token must not vanish in silence.
    """
    for number, name in enumerate((os.devnull, "/dev/full", os.devnull)):
        try:
            os.fstat(number)
        except OSError:
            os.open(name if os.path.exists(name) else os.devnull, os.O_RDWR)  # noqa: PTH110


if __name__ == "__main__":
    sys.exit(main())
