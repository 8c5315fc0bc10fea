<?php

// A cached access token, and a look into an array: nanoseconds each.
require getenv('AUTOLOAD');

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
echo json_encode(['cached' => $cached, 'dictionary' => (hrtime(true) - $begin) / $count]), "\n";
