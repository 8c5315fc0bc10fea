#!/usr/bin/env perl

# A code becomes a token, and the token is refreshed.
#
# Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and for a test server PINTEREST_API_URI and
# PINTEREST_OAUTH_URI; `pinterest-oauth emulator` prints all of them.

use 5.026;
use strict;
use warnings;
use Digest::SHA 'sha256_hex';
use Pinterest::OAuth;

my $REDIRECT_URI = 'http://localhost:8085/';
STDOUT->autoflush;

# What to print instead of a token: equal for equal tokens, and useless for anything else.
sub fingerprint {
    my ($secret) = @_;
    return substr sha256_hex($secret // q{}), 0, 12;
}

sub show {
    my ($step, $token) = @_;
    printf "%s: access token %s, refresh token %s\n", $step,
        fingerprint($token->access_token), fingerprint($token->refresh_token);
    return;
}

my $client = Pinterest::OAuth->new;
my $page   = $client->authorize_url(redirect_uri => $REDIRECT_URI, scope => 'pins:read,boards:read');
say 'Open this address, give access, and paste the address at which the browser ends up:';
say $page->{url};
chomp(my $address = readline STDIN);

my $token = eval {
    my $code  = Pinterest::OAuth->redirect(url => $address, state => $page->{state});
    my $first = $client->oauth_token(
        grant_type   => 'authorization_code', code => $code,
        redirect_uri => $REDIRECT_URI
    );
    show(code => $first);
    my $second = $client->refresh($first);
    show(refresh => $second);
    $second;
} or die $@;

if ($token->refresh_token_rotated) {
    say 'The refresh token has rotated: store $token->to_json in place of the old one.';
}
