# The names of the generated client, as its documentation uses them.

use 5.026;
use strict;
use warnings;
use Data::Dumper;
use Test::More;
use Pinterest::OAuth::Emulator;
use WWW::OpenAPIClient::Object::OauthApi;
use WWW::OpenAPIClient::OauthApi;

my $emulator = Pinterest::OAuth::Emulator->start(tls => 0);
my @who      = (username => $emulator->{app_id}, password => $emulator->{app_secret});
delete local @ENV{qw(PINTEREST_APP_ID PINTEREST_APP_SECRET)};
local $ENV{PINTEREST_API_URI} = $emulator->{base_url};

for my $class (qw(WWW::OpenAPIClient::OauthApi WWW::OpenAPIClient::Object::OauthApi)) {
    my $api_instance = $class->new(@who);
    my $result       = $api_instance->oauth_token(grant_type => 'client_credentials', scope => 'ads:read');
    isa_ok $result, 'WWW::OpenAPIClient::Object::OauthAccessTokenResponse', "the answer of $class";
    like $result->access_token, qr/\Apin/,                            "$class gets a token";
    like Dumper($result),       qr/'access_token' => '\[redacted\]'/, 'a dump shows that it came';
    unlike Dumper($result, $api_instance), qr/\Q${\$result->access_token}\E|\Q$emulator->{app_secret}\E/,
        'and no secret';
    is_deeply [$result->scopes], ['ads:read'], 'it has the scope that was asked for';

    eval { $api_instance->oauth_token(grant_type => 'authorization_code') };
    like "$@",
        qr/^code and redirect_uri are required for grant_type authorization_code[.] Fix `code`[.] at \Q$0\E/,
        'what is missing is named';
    eval { $api_instance->oauth_token(grant_type => 'grant_type_example') };
    like "$@",
        qr/^grant_type must be authorization_code, refresh_token or client_credentials[.] Fix `grant_type`[.] at \Q$0\E/,
        'so is a wrong grant';

    my $token = $api_instance->oauth_token(
        grant_type   => 'authorization_code', code => $emulator->authorize->{code},
        redirect_uri => 'http://localhost:8085/'
    );
    ok $token->refresh_token, 'a code can be exchanged';
    my $next
        = $api_instance->oauth_token(grant_type => 'refresh_token', refresh_token => $token->refresh_token);
    ok $next->refresh_token_rotated, 'a token can be refreshed';
}

delete $ENV{PINTEREST_API_URI};
my $there = WWW::OpenAPIClient::OauthApi->new(@who, base_url => $emulator->{base_url}, timeout => 20);
ok $there->oauth_token(grant_type => 'client_credentials')->access_token, 'the host can be a parameter';
ok(WWW::OpenAPIClient::OauthApi->new(@who, environment => 'sandbox'), 'and so can the environment');

done_testing;
