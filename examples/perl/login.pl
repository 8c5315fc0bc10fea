#!/usr/bin/env perl

# Logs a user in with the browser of this machine, and keeps the token: one call.
#
# Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and register http://localhost:8085/ with the app. For a test server set
# PINTEREST_API_URI and PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth::TokenManager;

my ($redirect_uri) = @ARGV;
my $manager        = Pinterest::OAuth::TokenManager->new;
my $end            = eval {
    $manager->login(
        account      => 'shop-42', scope => 'pins:read,boards:read', confirm => 1,
        redirect_uri => $redirect_uri
    );
} or die $@;

say 'Scopes: ', join q{, }, $end->scopes;
say 'Calls to Pinterest may be made with $manager->account(\'shop-42\')->access_token.';
