# What Perl's values become, and which of them are refused. Nothing is sent.

use 5.026;
use strict;
use warnings FATAL => 'all';
use JSON::PP ();
use Test::More;
use Pinterest::OAuth 'oauth_token';

my $client = Pinterest::OAuth->new(app_id => 1234567, app_secret => 'made-up', trust_env => 0);

sub failure (&) {
    my ($code) = @_;
    my $lived = eval { $code->(); 1 };
    return $lived ? undef : $@;
}

sub refused {
    my ($class, $field, $sentence, $code) = @_;
    my $error = &failure($code);
    ok ref $error
        && ref $error eq "Pinterest::OAuth::Error::$class"
        && $error->field eq $field
        && $error->outcome eq 'not_sent',
        $sentence
        or diag ref $error ? ref($error) . ": $error" : $error;
    return;
}

my @refresh = (grant_type => 'refresh_token', refresh_token => 'pinr.made-up');

refused InvalidArgument => 'grant_typ', 'a parameter that does not exist is named',
    sub { $client->oauth_token(grant_typ => 'x', @refresh) };
refused InvalidArgument => 'app_key',    'so is a setting', sub { Pinterest::OAuth->new(app_key => 1) };
refused InvalidArgument => 'grant_type', 'a missing parameter is named', sub { $client->oauth_token };
refused InvalidArgument => 'code', 'undef is a missing parameter',
    sub {
    $client->oauth_token(
        grant_type   => 'authorization_code', code => undef,
        redirect_uri => 'http://localhost/'
    );
    };
refused InvalidArgument => 'parameters', 'a name without a value is refused',
    sub { $client->oauth_token('client_credentials') };
refused InvalidArgument => 'parameters', 'so is a hash reference',
    sub { Pinterest::OAuth->new({ app_id => 1 }) };
refused InvalidArgument => 'parameters', 'so is the class as the first parameter',
    sub { Pinterest::OAuth->oauth_token(@refresh) };
refused InvalidArgument => 'token', 'refresh without a token is refused',
    sub { $client->refresh('pinr.made-up') };
refused InvalidArgument => 'url', 'redirect without an address is refused',
    sub { $client->redirect(state => 's') };

for my $case (
    ['a list',    []],      ['a hash',    {}], ['code', sub { }], ['a reference', \'text'],
    ['an object', $client], ['a pattern', qr/x/]
) {
    my ($what, $value) = @{$case};
    refused InvalidArgument => 'refresh_token', "$what is not a text",
        sub { $client->oauth_token(@refresh, refresh_token => $value) };
    refused InvalidArgument => 'app_secret', "$what is not a secret",
        sub { Pinterest::OAuth->new(app_secret => $value) };
    refused InvalidArgument => 'continuous_refresh', "$what is not a flag",
        sub { $client->oauth_token(@refresh, continuous_refresh => $value) };
    refused InvalidArgument => 'timeout', "$what is not a time",
        sub { $client->oauth_token(@refresh, timeout => $value) };
    refused InvalidArgument => 'token', "$what is not a token", sub { $client->refresh($value) };
    refused InvalidArgument => 'scope', "$what is not a scope",
        sub { $client->oauth_token(@refresh, scope => [$value]) };
    refused InvalidArgument => 'extra.a', "$what is not a further field",
        sub { $client->oauth_token(@refresh, extra => { a => $value }) };
}
refused InvalidArgument => 'extra', 'a list is not a hash of further fields',
    sub { $client->oauth_token(@refresh, extra => ['a', 'b']) };
refused InvalidArgument => 'scope', 'a hash is not a scope',
    sub { $client->oauth_token(@refresh, scope => {}) };
my $circle = [];
push @{$circle}, $circle;
refused InvalidArgument => 'scope', 'a list that holds itself is refused, and does not hang',
    sub { $client->oauth_token(@refresh, scope => $circle) };
refused InvalidArgument => 'refresh_token', 'a NUL inside a text is refused, not cut off',
    sub { $client->oauth_token(@refresh, refresh_token => "pinr.a\0b") };
refused InvalidArgument => 'refresh_token', 'half a character is refused',
    sub { no warnings; $client->oauth_token(@refresh, refresh_token => "a\x{D800}") };
refused InvalidArgument => 'app_id', 'a character beyond Unicode is refused',
    sub { no warnings; Pinterest::OAuth->new(app_id => "\x{110000}") };
refused InvalidArgument => 'parameters', 'in a name as well',
    sub { no warnings; $client->oauth_token(@refresh, extra => {}, "\x{DFFF}" => 1) };

my $token = Pinterest::OAuth::Token->from_json('{"access_token":"a","refresh_token":"r"}');
refused InvalidArgument => $_->[0], "a whole token is no $_->[0]", $_->[1]
    for [extra => sub { $client->oauth_token(@refresh, extra => $token) }],
    [refresh_token => sub { $client->oauth_token(@refresh, refresh_token => $token) }],
    [scope         => sub { $client->oauth_token(@refresh, scope         => [$token]) }],
    [app_secret    => sub { Pinterest::OAuth->new(app_secret => $token) }],
    [access_token  => sub { $client->conversion_token(access_token => $token) }],
    [token         => sub { $client->revoke(token => $token) }];

for my $time ('soon', q{}, '-1', -1, 'inf', 'nan', '1s', '0x10', q{ 1}, '1e400') {
    refused InvalidArgument => 'timeout', "'$time' is not a number of seconds",
        sub { $client->oauth_token(@refresh, timeout => $time) };
}
refused InvalidArgument => 'timeout_ms', 'milliseconds are refused',
    sub { $client->oauth_token(@refresh, timeout_ms => 1000) };
refused InvalidArgument => 'connect_timeout_ms', 'in settings as well',
    sub { Pinterest::OAuth->new(connect_timeout_ms => 1000) };
refused InvalidConfig => 'timeout_ms', 'no time at all is refused',
    sub { Pinterest::OAuth->new(timeout => 0) };
refused InvalidConfig => 'timeout_ms', 'more than ten minutes is refused',
    sub { Pinterest::OAuth->new(timeout => 600.001) };

for my $time (1, 600, 0.001, '2.5', '.5', '1e2') {
    is failure { Pinterest::OAuth->new(timeout => $time, connect_timeout => $time) }, undef,
        "$time is a number of seconds";
}

for my $flag (1, 0, q{}, !!1, !!0, JSON::PP::true(), JSON::PP::false(), '1', '0', undef) {
    my $shown = defined $flag ? "'$flag'" : 'undef';
    is failure { Pinterest::OAuth->new(allow_http => $flag, trust_env => $flag) }, undef, "$shown is a flag";
}
refused InvalidArgument => 'allow_http', "'$_' is not a flag",
    sub { Pinterest::OAuth->new(allow_http => $_) }
    for 'yes', 'false', 2, -1;
refused InvalidConfig => 'base_url', 'allow_http => 0 is false',
    sub { Pinterest::OAuth->new(allow_http => 0, base_url => 'http://pinterest.example') };
is failure { Pinterest::OAuth->new(allow_http => 1, base_url => 'http://pinterest.example') }, undef,
    'allow_http => 1 is true';

{
    local $ENV{PINTEREST_APP_ID} = 'from-outside';
    my $page
        = sub { Pinterest::OAuth->new(@_)->authorize_url(redirect_uri => 'http://localhost/', state => 's') };
    like $page->()->{url}, qr/client_id=from-outside/, 'the environment is read';
    refused InvalidConfig => 'app_id', 'with trust_env => 0 it is not', sub { $page->(trust_env => 0) };
}

my $number = 42;
my $seen   = "$number";
my $page   = $client->authorize_url(
    redirect_uri => 'http://localhost/',                   state => $number,
    extra        => { n => 1.5, yes => JSON::PP::true() }, scope => ['pins:read', 'ads:read']
);
like $page->{url}, qr/client_id=1234567&/, 'a number in the place of a text is its text';
is $page->{state}, '42', 'whether or not it was used as a text before';
like $page->{url}, qr/scope=pins%3Aread%2Cads%3Aread/, 'a scope may be a list';
like $page->{url}, qr/&n=1\.5&yes=true\z/,             'further fields may be numbers and booleans of JSON';
is "$number", 42, 'arguments are left as they are';

{

    package Address;
    use overload q{""} => sub { return 'http://localhost/' . ${ $_[0] } }, fallback => 1;
}
my $address = bless \(my $path = 'there'), 'Address';
like $client->authorize_url(redirect_uri => $address)->{url}, qr{localhost%2Fthere},
    'an object that stringifies is a text';

my %arguments = (redirect_uri => 'http://localhost/', state => 'kept');
$client->authorize_url(%arguments);
is_deeply \%arguments, { redirect_uri => 'http://localhost/', state => 'kept' },
    'the caller\'s hash is not emptied';
is $client->redirect(url => 'http://localhost/?code=c0de&state=kept', state => 'kept'), 'c0de',
    'redirect gives the code';
is length $client->authorize_url(redirect_uri => 'http://localhost/')->{state}, 43,
    'a state is made where none is given';

refused InvalidConfig => 'app_secret', 'the function takes settings and parameters',
    sub { oauth_token(app_id => 1, trust_env => 0, grant_type => 'client_credentials') };
refused InvalidArgument => 'nonsense', 'and names what is neither',
    sub { oauth_token(app_id => 1, nonsense => 1, grant_type => 'client_credentials') };

done_testing;
