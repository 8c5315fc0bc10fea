<?php

/** A request that needs no token: what PHP, php-fpm and nginx cost by themselves. */

declare(strict_types=1);

header('Content-Length: 3');
echo 101;
