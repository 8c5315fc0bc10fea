<?php

/** A request that reads its token from a file, as a script without a token manager does. */

declare(strict_types=1);

$token = json_decode((string) file_get_contents(__DIR__ . '/token.json'), true, 8, JSON_THROW_ON_ERROR);
if ($token['expires_at'] <= time()) {
    http_response_code(500);
}
header('Content-Length: 3');
echo strlen($token['access_token']);
