"""What a shell is to a program at its terminal, and no more: it starts it, tells how it stands, and wakes it.

    job.py NUMBER_OF_STATES NUMBER_OF_ORDERS COMMAND…

It changes no mode of the terminal, so what a stopped or ended program has left is seen. States are lines: `stopped 20`,
`exited 0`, `killed 15`; an order is a line, and wakes it.
"""

from __future__ import annotations

import os
import signal
import sys


def main() -> None:
    states, orders, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    with os.fdopen(states, "w") as tell, os.fdopen(orders) as told:
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os.tcsetpgrp(0, os.getpid())
            # Whoever started the tests may ignore it: a shell does for what it starts in the background.
            for one in (signal.SIGTTOU, signal.SIGINT):
                signal.signal(one, signal.SIG_DFL)
            os.execv(command[0], command)
        print(f"started {child}", file=tell, flush=True)
        while True:
            _, status = os.waitpid(child, os.WUNTRACED)
            if os.WIFSTOPPED(status):
                os.tcsetpgrp(0, os.getpgrp())
                print(f"stopped {os.WSTOPSIG(status)}", file=tell, flush=True)
                told.readline()
                os.tcsetpgrp(0, child)
                os.killpg(child, signal.SIGCONT)
                continue
            os.tcsetpgrp(0, os.getpgrp())
            ended = (
                f"killed {os.WTERMSIG(status)}"
                if os.WIFSIGNALED(status)
                else f"exited {os.WEXITSTATUS(status)}"
            )
            print(ended, file=tell, flush=True)
            # The terminal lives as long as its session: until it was looked at.
            told.readline()
            return


if __name__ == "__main__":
    main()
