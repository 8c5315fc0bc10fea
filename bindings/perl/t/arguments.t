# What Perl's values become, and which of them are refused. Nothing is sent.

use 5.026;
use strict;
use warnings FATAL => 'all';
use JSON::PP ();
use Test::More;
use Pinterest::OAuth 'oauth_token';

{

    package Address;
    use overload q{""} => sub { return 'http://localhost/' . ${ $_[0] } }, fallback => 1;

    package Seconds;
    use overload q{""} => sub { return ${ $_[0] } }, fallback => 1;
    sub new { my ($class, $seconds) = @_; return bless \$seconds, $class }
}

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

refused InvalidArgument => 'parameters', 'a name without a value is refused',
    sub { $client->oauth_token('client_credentials') };
refused InvalidArgument => 'parameters', 'so is a hash reference',
    sub { Pinterest::OAuth->new({ app_id => 1 }) };
refused InvalidArgument => 'parameters', 'so is the class as the first parameter',
    sub { Pinterest::OAuth->oauth_token(@refresh) };
refused InvalidArgument => 'token', 'refresh without a token is refused',
    sub { $client->refresh('pinr.made-up') };
refused InvalidArgument => 'parameters', 'so is redirect as a function',
    sub { Pinterest::OAuth::redirect(url => '?code=c&state=s', state => 's') };
refused InvalidArgument => 'language', 'whose words errors use is no parameter of a client',
    sub { Pinterest::OAuth->new(language => 'perl') };
refused InvalidArgument => 'language', 'nor of redirect',
    sub { Pinterest::OAuth->redirect(url => '?code=c&state=s', state => 's', language => 'perl') };
refused InvalidArgument => 'language', 'nor of a call',
    sub { $client->oauth_token(@refresh, language => 'perl') };

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
refused InvalidArgument => 'scope', 'a hash is not a scope',
    sub { $client->oauth_token(@refresh, scope => {}) };
my $circle = [];
push @{$circle}, $circle;
refused InvalidArgument => 'scope', 'a list that holds itself is refused, and does not hang',
    sub { $client->oauth_token(@refresh, scope => $circle) };
refused InvalidArgument => 'refresh_token', 'half a character is refused',
    sub { no warnings; $client->oauth_token(@refresh, refresh_token => "a\x{D800}") };
refused InvalidArgument => 'app_id', 'a character beyond Unicode is refused',
    sub { no warnings; Pinterest::OAuth->new(app_id => "\x{110000}") };
refused InvalidArgument => 'parameters', 'in a name as well',
    sub { no warnings; $client->oauth_token(@refresh, extra => {}, "\x{DFFF}" => 1) };

my $token = Pinterest::OAuth::Token->from_json('{"access_token":"a","refresh_token":"r"}');
refused InvalidArgument => 'parameters', "refresh takes no $_->[0]",
    sub { $client->refresh($token, @{$_}) }
    for [scope => 'pins:read'], [extra => { a => 1 }], [continuous_refresh => 1],
    [grant_type => 'client_credentials'],
    [token => $token], [refresh_token => 'r'], [nonsense => 1], ['timeout'];
like failure { $client->refresh('pinr.made-up') }, qr/from_json reads .* oauth_token takes a refresh_token/,
    'refresh with a text says what to call';
refused InvalidArgument => 'token', 'a hash of a token is no token: it could lose digits',
    sub { $client->refresh($token->to_hash) };
refused InvalidArgument => $_->[0], "a whole token is no $_->[0]", $_->[1]
    for [extra => sub { $client->oauth_token(@refresh, extra => $token) }],
    [refresh_token => sub { $client->oauth_token(@refresh, refresh_token => $token) }],
    [scope         => sub { $client->oauth_token(@refresh, scope         => [$token]) }],
    [app_secret    => sub { Pinterest::OAuth->new(app_secret => $token) }],
    [access_token  => sub { $client->conversion_token(access_token => $token) }],
    [token         => sub { $client->revoke(token => $token) }];

for my $time ('soon', q{}, 'inf', 9**9**9, 'nan', '1s', '0x10', q{ 1}, "1\n", '1e400') {
    refused InvalidArgument => 'timeout', "'$time' is not a number of seconds",
        sub { $client->oauth_token(@refresh, timeout => $time) };
}
refused InvalidConfig => 'timeout', "$_ is a number that is refused",
    sub { Pinterest::OAuth->new(timeout => $_) }
    for '-1', -1, '0', '1e-5', '600.001', 1e15;

for my $time (1, 600, 0.001, '1e-3', '2.5', '.5', '1e2', '007', Seconds->new(2)) {
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

refused InvalidConfig => 'app_secret', 'a client without credentials says so before anything is sent',
    sub { Pinterest::OAuth->new(app_id => 1, trust_env => 0)->check };
refused InvalidConfig => 'app_id', 'naming the setting that is missing',
    sub { Pinterest::OAuth->new(trust_env => 0)->check };
ok $client->check, 'check is true where both are there';
refused InvalidArgument => 'parameters', 'check takes no parameters', sub { $client->check(app_id => 1) };

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

my $address = bless \(my $path = 'there'), 'Address';
like $client->authorize_url(redirect_uri => $address)->{url}, qr{localhost%2Fthere},
    'an object that stringifies is a text';

my %arguments = (redirect_uri => 'http://localhost/', state => 'kept');
$client->authorize_url(%arguments);
is_deeply \%arguments, { redirect_uri => 'http://localhost/', state => 'kept' },
    'the caller\'s hash is not emptied';
my @redirect = (url => 'http://localhost/?code=c0de&state=kept', state => 'kept');
is(Pinterest::OAuth->redirect(@redirect), 'c0de', 'redirect gives the code, without a client');
is $client->redirect(@redirect), 'c0de', 'and so it does where a client is asked';
is length $client->authorize_url(redirect_uri => 'http://localhost/')->{state}, 43,
    'a state is made where none is given';

refused InvalidConfig => 'app_secret', 'the function takes settings and parameters',
    sub { oauth_token(app_id => 1, trust_env => 0, grant_type => 'client_credentials') };
refused InvalidArgument => 'nonsense', 'and names what is neither',
    sub { oauth_token(app_id => 1, nonsense => 1, grant_type => 'client_credentials') };

done_testing;
