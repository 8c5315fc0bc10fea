<?php

/** A preload script as applications have it: the package's own first, then a call of the application. */

declare(strict_types=1);

require __DIR__ . '/pinterest-oauth/resources/preload.php';

(new Pinterest\OAuth\Client())->oauthToken('client_credentials', scope: 'ads:read');
file_put_contents(getenv('MASTER_FILE') ?: '/dev/null', (string) getmypid());
