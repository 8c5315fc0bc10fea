<?php

// A cached access token, a look into an array, and the call of a function: nanoseconds each.
require getenv('AUTOLOAD');

function nothing(): string
{
    return 'pina';
}

$count = (int) $argv[1];
$account = (new Pinterest\OAuth\TokenManager())->account('bench');
$known = ['bench' => 'pina'];
$account->accessToken();
$begin = hrtime(true);
for ($i = 0; $i < $count; $i++) {
    $account->accessToken();
}
$cached = (hrtime(true) - $begin) / $count;
$begin = hrtime(true);
for ($i = 0; $i < $count; $i++) {
    $token = $known['bench'];
}
$dictionary = (hrtime(true) - $begin) / $count;
$begin = hrtime(true);
for ($i = 0; $i < $count; $i++) {
    nothing();
}
$call = (hrtime(true) - $begin) / $count;
echo json_encode(['cached' => $cached, 'dictionary' => $dictionary, 'call' => $call]), "\n";
