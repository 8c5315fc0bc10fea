<?php

// A token for the app itself, by the installed package; the time of its load in milliseconds.

$began = hrtime(true);
require $argv[1];
Pinterest\OAuth\Library::version();
$took = (hrtime(true) - $began) / 1e6;
$token = Pinterest\OAuth\oauthToken('client_credentials', scope: 'ads:read');
printf("%.1f %s\n", $took, implode(' ', $token->scopes));
