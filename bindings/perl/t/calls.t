# Calls over a real connection, to a server of our own on this machine.

use 5.026;
use strict;
use warnings;
use utf8;
use FindBin;
use lib "$FindBin::Bin/lib";
use Loopback;
use Test::More;
use Pinterest::OAuth 'oauth_token';

my $ANSWER = Loopback->json(
    200,
    '{"access_token":"pina_1","refresh_token":"pinr.2","expires_in":60,"scope":"pins:read","name":"gr\u00fc\u00dfe"}'
);
my @PROXIES  = grep { /_proxy\z/i } keys %ENV;
my @SETTINGS = (app_id => '1', app_secret => 'made-up-secret', trust_env => 0);

sub client {
    my ($server, @more) = @_;
    return Pinterest::OAuth->new(@SETTINGS, base_url => $server->url, @more);
}

sub body { my ($request) = @_; return $request =~ s/\A.*\r\n\r\n//sr }

{
    my $server = Loopback->answering($ANSWER);
    my $token  = client($server)->oauth_token(
        grant_type   => 'authorization_code', code => 'c0de',
        redirect_uri => 'http://localhost/'
    );
    my $request = $server->request;
    like $request, qr{\APOST /v5/oauth/token HTTP/1\.1\r\n}, 'a call is a POST to the address of tokens';
    like $request, qr{^authorization: Basic MTptYWRlLXVwLXNlY3JldA==\r$}mi,
        'it carries the app\'s credentials';
    is body($request),
        'grant_type=authorization_code&code=c0de&redirect_uri=http%3A%2F%2Flocalhost%2F&continuous_refresh=true',
        'its form carries the fields of the grant';
    isa_ok $token, 'Pinterest::OAuth::Token', 'what comes back';
    is $token->access_token,  'pina_1', 'the token has an access token';
    is $token->extra->{name}, 'grüße',  'text of the answer is text in Perl';
}

{
    my $server = Loopback->answering($ANSWER);
    client($server)->oauth_token(
        grant_type => 'refresh_token', refresh_token => 'pinr.1',
        scope      => ['pins:read', 'ads:read'], continuous_refresh => 1, extra => { n => 7, t => 'x y' }
    );
    is body($server->request),
        'grant_type=refresh_token&refresh_token=pinr.1&scope=pins%3Aread%2Cads%3Aread&continuous_refresh=true&n=7&t=x+y',
        'lists, flags and further fields arrive';
}

{
    my $server = Loopback->answering($ANSWER, $ANSWER);
    my $client = client($server);
    my $token  = $client->oauth_token(grant_type => 'client_credentials');
    $server->request;
    my $next = $client->refresh($token, timeout => 20.5);
    is body($server->request), 'grant_type=refresh_token&refresh_token=pinr.2',
        'refresh sends the token\'s refresh token';
    ok $next->refresh_token_rotated, 'a new refresh token is noticed';
}

{
    my $server = Loopback->answering(
        Loopback->json(200, '{"access_token":"a"}', 'x-pinterest-rid: 77', 'x-ratelimit-limit: 9'));
    my $token  = client($server)->oauth_token(grant_type => 'client_credentials');
    my $answer = $token->answer;
    is $answer->{request_id},        '77', 'a token tells the request id of its call';
    is $answer->{rate_limit}{limit}, 9,    'and the rate limit';
    $answer->{request_id} = 'changed';
    is $token->answer->{request_id}, '77', 'which is handed out as a copy';
    unlike $token->to_json, qr/answer|"77"/, 'it is not stored';
    ok !exists $token->to_hash->{answer}, 'nor in the hash of what is stored';
    is(Pinterest::OAuth::Token->from_json($token->to_json)->answer, undef, 'a stored token has none');
}

{
    my $server = Loopback->answering(Loopback->json(200, '{}', 'x-pinterest-rid: 77'), $ANSWER);
    my $client = client($server);
    my $answer = $client->revoke(token => 'pinr.1', token_type_hint => 'refresh_token');
    is body($server->request), 'token=pinr.1&token_type_hint=refresh_token', 'revoke sends the token';
    is_deeply [@{$answer}{qw(method path status request_id rate_limit attempts)}],
        ['POST', '/v5/oauth/token/revoke', 200, '77', undef, 1], 'revoke returns how the call went';
    is $client->conversion_token(access_token => 'pina_9')->access_token, 'pina_1',
        'conversion_token returns a token';
    like $server->request, qr{^authorization: Bearer pina_9\r$}mi,
        'conversion_token authenticates with the access token';
}

{
    my $server = Loopback->answering($ANSWER);
    my $token  = oauth_token(
        @SETTINGS, base_url => $server->url, timeout => 20, grant_type => 'client_credentials',
        scope => 'ads:read'
    );
    is body($server->request), 'grant_type=client_credentials&scope=ads%3Aread',
        'the function needs no client';
    is $token->access_token, 'pina_1', 'and returns the token';
}

{
    my $server = Loopback->answering($ANSWER);
    delete local @ENV{ @PROXIES, 'SSL_CERT_FILE' };
    local @ENV{qw(PINTEREST_API_URI PINTEREST_APP_ID PINTEREST_APP_SECRET)}
        = ($server->url, '1', 'from-outside');
    Pinterest::OAuth->new->oauth_token(grant_type => 'client_credentials');
    like $server->request, qr{^authorization: Basic MTpmcm9tLW91dHNpZGU=\r$}mi,
        'what is not given comes from the environment';
}

{
    my $server   = Loopback->answering($ANSWER);
    my $upgraded = 'ascii';
    utf8::upgrade($upgraded);
    my %extra = ($upgraded => "gr\xfcn", "gr\xfcn" => $upgraded);
    client($server)->oauth_token(grant_type => 'refresh_token', refresh_token => 'r', extra => \%extra);
    like body($server->request), qr/&ascii=gr%C3%BCn&gr%C3%BCn=ascii\z/,
        'how Perl keeps a string does not matter to its neighbours';
}

{
    my $server = Loopback->answering($ANSWER);
    my $token  = Pinterest::OAuth::Token->from_json('{"access_token":"a","refresh_token":"r","x":"grüße"}');
    client($server)->oauth_token(
        grant_type => 'refresh_token', token => $token,
        extra      => { n => "gr\xfcn" }
    );
    like body($server->request), qr/&n=gr%C3%BCn\z/, 'nor does what a token holds';
}

for my $case (
    ['wide characters',                          "\x{4f8b}\x{2713}", '%E4%BE%8B%E2%9C%93'],
    ['characters beyond ASCII in a byte string', "gr\xfcn",          'gr%C3%BCn'],
    ['the same in a character string', do { my $text = "gr\xfcn"; utf8::upgrade($text); $text }, 'gr%C3%BCn'],
    ['bytes that were not decoded, each as the character that it is', "\xc3\xbc",  '%C3%83%C2%BC'],
    ['quotes and backslashes',                                        q{a"b\c},    'a%22b%5Cc'],
    ['a character beyond the 65,536th',                               "\x{1F4CC}", '%F0%9F%93%8C'],
    ['a number',                                                      1234567,     '1234567'],
) {
    my ($what, $text, $sent) = @{$case};
    my $server = Loopback->answering($ANSWER);
    client($server)->oauth_token(grant_type => 'client_credentials', extra => { n => $text });
    is body($server->request), "grant_type=client_credentials&n=$sent", "$what: sent as UTF-8";
}

{
    my $dead   = Loopback->answering;
    my $client = client($dead);
    undef $dead;
    ok !eval { $client->oauth_token(grant_type => 'client_credentials') },
        'without a server there is no token';
    isa_ok $@, 'Pinterest::OAuth::Error::Connect', 'the error';
    is $@->outcome, 'not_sent', 'and it says that nothing was sent';
    is_deeply [@{ $@->answer }{qw(status attempts)}], [undef, 2], 'and how often it was tried';
}

done_testing;
