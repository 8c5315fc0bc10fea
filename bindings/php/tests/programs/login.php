<?php

/** A login that a signal ends; in the argument the scenario, the settings and the redirect address. */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';

use Pinterest\OAuth\Login;
use Pinterest\OAuth\Tests\Support\Browser;
use Pinterest\OAuth\TokenManager;

pcntl_alarm(60);
['scenario' => $scenario, 'settings' => $settings, 'address' => $address] = json_decode($argv[1], true);
if ($scenario === 'handles') {
    pcntl_signal(SIGINT, static fn () => throw new RuntimeException('enough'));
}
$pastes = static fn (Login $login) => $login->paste(Browser::decide($login->authorizeUrl));
try {
    (new TokenManager(...$settings))->login(
        account: 'kept',
        redirectUri: $address,
        browser: false,
        timeout: 60.0,
        onStart: $scenario === 'pastes' ? $pastes : null,
    );
} catch (RuntimeException $thrown) {
    fwrite(STDERR, $thrown->getMessage());
}
