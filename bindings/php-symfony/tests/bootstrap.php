<?php

declare(strict_types=1);

// Takes what could steer a client out of the environment, and brings the emulator.
require dirname(__DIR__, 2) . '/php/tests/bootstrap.php';
require __DIR__ . '/App/autoload.php';
