# The exceptions: which class, what they carry, where they say it happened.

use 5.026;
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Carp ();
use Loopback;
use Test::More;
use Pinterest::OAuth 'oauth_token';
use WWW::OpenAPIClient::OauthApi;

my @settings = (app_id     => '1', app_secret => 'made-up', trust_env => 0);
my @refresh  = (grant_type => 'refresh_token', refresh_token => 'pinr.made-up');

sub answered {
    my ($answer) = @_;
    my $server = Loopback->answering($answer);
    eval { Pinterest::OAuth->new(@settings, base_url => $server->url)->oauth_token(@refresh) };
    return $@;
}

for my $case (
    [401, 283, 'InvalidGrant'],
    [401, 2,   'InvalidClient'],
    [403, 29,  'Forbidden'],
    [400, 3,   'InsufficientScope'],
    [429, 8,   'RateLimited'],
    [500, 12,  'ServerError'],
    [400, 1,   'ApiError'],
) {
    my ($status, $code, $class) = @{$case};
    my $error = answered(Loopback->json($status, qq({"code":$code,"message":"no"})));
    is ref $error, "Pinterest::OAuth::Error::$class", "$status with code $code is $class";
    isa_ok $error, 'Pinterest::OAuth::Error', $class;
}
is ref answered("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>"),
    'Pinterest::OAuth::Error::InvalidResponse', 'what is no answer of Pinterest is InvalidResponse';

my $client = Pinterest::OAuth->new(@settings);
eval { Pinterest::OAuth->redirect(url => '?code=c&state=other', state => 'own') };
is ref $@, 'Pinterest::OAuth::Error::StateMismatch', 'a redirect with another state is StateMismatch';
eval { Pinterest::OAuth->redirect(url => '?error=access_denied&state=own', state => 'own') };
is ref $@, 'Pinterest::OAuth::Error::AccessDenied', 'a redirect with an error is AccessDenied';

my $error = answered(Loopback->json(
    429,                        '{"code":8,"message":"slow \u00fc","x":[1]}',
    'x-pinterest-rid: 77',      'retry-after: 7', 'x-ratelimit-limit: 100, 100;w=60;name="all"',
    'x-ratelimit-remaining: 0', 'set-cookie: a=b',
));
is $error->kind,              'rate_limited', 'an error has a kind';
is $error->outcome,           'rejected',     'an outcome';
is $error->field,             undef,          'no field where none is at fault';
is $error->http_status,       429,            'the status';
is $error->code,              8,              'Pinterest\'s code';
is $error->pinterest_message, "slow \xfc",    'Pinterest\'s message';
is $error->request_id,        '77',           'the request id';
is $error->retry_after,       7,              'when to try again';
is_deeply $error->rate_limit,
    {
    limit    => 100, remaining => 0, reset => undef,
    policies => [{ limit => 100, window => 60, name => 'all' }]
    },
    'the rate limit';
ok((grep { $_->[0] eq 'retry-after' && $_->[1] eq '7' } @{ $error->headers }), 'headers');
ok(!(grep { $_->[0] eq 'set-cookie' } @{ $error->headers }),                   'no cookies');
is_deeply $error->body,  { code => 8, message => "slow \xfc", x => [1] }, 'the body';
is_deeply $error->extra, { x    => [1] }, 'what it holds besides code and message';
is $error->answer->{status}, 429, 'how the call went';
like $error->what_now, qr/Wait/, 'and what to do now';
my $hash = $error->to_hash;
is_deeply {
    map { $_ => $error->$_ } keys %{$hash}
}, $hash, 'to_hash is all of it';
like $error->to_json, qr/\A[\x20-\x7e]+\z/,           'to_json is ASCII';
like $error->to_json, qr/"http_status":429,"code":8/, 'and keeps numbers numbers';

my $line = __LINE__ + 1;
eval { $client->oauth_token(grant_type => 'refresh_token') };
is "$@",
    "refresh_token is required for grant_type refresh_token. Fix `refresh_token`. at $0 line $line.\n",
    'as a string it says what happened, what to do, and where';
is $@->answer, undef,                                                'nothing was to be sent';
is "$error",   $error->text . " at $0 line " . $error->line . ".\n", 'its text is that of the library';
like $error->text, qr/\(HTTP 429, code 8, request id 77, retry after 7 s\)[.] Wait /,
    'which says what the answer said';
ok $error, 'it is true';
is $error . q{}, "$error", 'it can be joined to strings';
is_deeply [$@->file, $@->line], [$0, $line], 'it has file and line';

my %calls = (
    new              => [__LINE__, sub { Pinterest::OAuth->new(timeout => 'soon') }],
    'a refusal'      => [__LINE__, sub { Pinterest::OAuth->new('odd') }],
    oauth_token      => [__LINE__, sub { $client->oauth_token }],
    refresh          => [__LINE__, sub { $client->refresh }],
    revoke           => [__LINE__, sub { $client->revoke }],
    conversion_token => [__LINE__, sub { $client->conversion_token }],
    authorize_url    => [__LINE__, sub { $client->authorize_url }],
    redirect         => [__LINE__, sub { Pinterest::OAuth->redirect }],
    expires_within   =>
        [__LINE__, sub { Pinterest::OAuth::Token->from_json('{"access_token":"a"}')->expires_within }],
    'the function' => [__LINE__, sub { oauth_token(@settings) }],
    from_json      => [__LINE__, sub { Pinterest::OAuth::Token->from_json('{}') }],
    'the old name' =>
        [__LINE__, sub { WWW::OpenAPIClient::OauthApi->new(username => 1, password => 2)->oauth_token }],
);
for my $name (sort keys %calls) {
    my ($at, $code) = @{ $calls{$name} };
    eval { $code->() };
    is_deeply [$@->file, $@->line], [$0, $at], "$name dies at the line of its caller";
}

{
    local $@ = 'kept';
    local $! = 2;
    no warnings 'redefine';
    local *Pinterest::OAuth::Library::client_free = sub { $! = 5; return };
    { Pinterest::OAuth->new(@settings) }
    is $@,     'kept', 'making and ending a client leaves $@ alone';
    is $! + 0, 2,      'and $!';
}

# Errors that a program makes for its own tests.
{
    my $made = Pinterest::OAuth::Error::RateLimited->new(
        message     => 'Too many calls', outcome => 'rejected', http_status => 429,
        retry_after => 7, rate_limit => { limit => 9, policies => [{ window => 60 }] }
    );
    my $at = __LINE__ - 4;
    isa_ok $made, 'Pinterest::OAuth::Error', 'an error that new makes';
    is_deeply [map { $made->$_ } qw(kind outcome http_status retry_after code)],
        ['rate_limited', 'rejected', 429, 7, undef], 'has what it was given';
    is $made->rate_limit->{policies}[0]{window}, 60, 'of any depth';
    is "$made", "Too many calls at $0 line $at.\n",  'and is a text with its line';
    like $made->to_json, qr/"http_status":429/, 'its JSON keeps numbers numbers';
    is_deeply [sort keys %{ $made->to_hash }], [sort keys %{ $error->to_hash }], 'and has every key';
    ok !eval { die $made }, 'it can be thrown';
    is $@, $made, 'as it is';
    is ref(Pinterest::OAuth::Error->new(kind => 'invalid_grant')), 'Pinterest::OAuth::Error::InvalidGrant',
        'a kind makes the class';
    is_deeply [map { Pinterest::OAuth::Error::Timeout->new->$_ } qw(kind text outcome)],
        [qw(timeout timeout unknown)], 'nothing needs to be given';
    is(Pinterest::OAuth::Error->new(kind => 'from_the_future')->kind, 'from_the_future', 'nor be known');
    {

        package Own::Error;
        our @ISA = 'Pinterest::OAuth::Error::Tls';
    }
    my $own = Own::Error->new;
    is_deeply [ref $own, $own->kind], ['Own::Error', 'tls'], 'a class of your own can inherit';
    for my $case (
        ['a name that no error has', nonsense => 1],
        ['another kind',             kind     => 'tls'],
        ['an odd list',              'message']
    ) {
        my ($what, @fields) = @{$case};
        my $at = __LINE__ + 1;
        ok !eval { Pinterest::OAuth::Error::Timeout->new(@fields) }, "$what makes none";
        is_deeply [ref $@, $@->field, $@->line],
            ['Pinterest::OAuth::Error::InvalidArgument', 'parameters', $at],
            'and the error says so';
    }
}

SKIP: {
    eval { require Try::Tiny; Try::Tiny->import; 1 } or skip 'needs Try::Tiny', 1;
    my $caught;
    &try(sub { $client->oauth_token(@refresh, code => 1) }, &catch(sub { $caught = $_ }));
    is ref $caught, 'Pinterest::OAuth::Error::InvalidArgument', 'Try::Tiny catches it';
}

done_testing;
