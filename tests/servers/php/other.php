<?php

/** Another script on the same server: what happens when it wants to use FFI itself. */

declare(strict_types=1);

try {
    echo 'allowed: ' . FFI::cdef('int getpid(void);')->getpid();
} catch (FFI\Exception $exception) {
    echo 'refused: ' . $exception->getMessage();
}
