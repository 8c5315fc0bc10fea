# One line for each call, where a program has Log::Any: what is in it, what is not, and what a broken logger does.

use 5.026;
use strict;
use warnings;
use File::Temp 'tempdir';
use Test::More;
use Pinterest::OAuth 'oauth_token';
use Pinterest::OAuth::Emulator;
use Pinterest::OAuth::TokenManager;

my $emulator = Pinterest::OAuth::Emulator->start(tls => 0);
my @settings = $emulator->settings;
my $client   = Pinterest::OAuth->new(@settings);
my @fields   = (grant_type => 'client_credentials', scope => 'ads:read');

$client->oauth_token(@fields);
ok !$INC{'Log/Any.pm'}, 'a program without Log::Any does not get it';

require Log::Any;
require Log::Any::Test;
require Log::Any::Adapter;
Log::Any::Adapter->set('Test');
my $log     = Log::Any->get_logger(category => 'Pinterest::OAuth');
my @secrets = $emulator->app_secret;

sub written {
    my ($call) = @_;
    $log->clear;
    my $answer = eval { $call->() };
    my $error  = $@;
    if (ref $answer && ref $answer ne 'HASH') {
        push @secrets, grep { defined } $answer->access_token, $answer->refresh_token;
    }
    my @lines = map { "$_->{level} $_->{category}: $_->{message}" } @{ $log->msgs };
    is scalar(
        grep {
            my $secret = $_;
            grep { index($_, $secret) >= 0 } @lines
        } @secrets
        ),
        0, 'no secret is written';
    return (\@lines, $answer // $error);
}

my $TIME = qr/\d+ ms/;
my $ID   = qr/request id \w+/;
for my $case (
    ['a token',    '/v5/oauth/token', sub { $client->oauth_token(@fields) }],
    ['a function', '/v5/oauth/token', sub { oauth_token(@settings, @fields) }],
    [
        'a code',
        '/v5/oauth/token',
        sub {
            push @secrets, my $code = $emulator->authorize->{code};
            $client->oauth_token(
                grant_type   => 'authorization_code', code => $code,
                redirect_uri => 'http://localhost:8085/'
            );
        }
    ],
    ['a revocation', '/v5/oauth/token/revoke', sub { $client->revoke(token => $secrets[-1]) }],
) {
    my ($what, $path, $call) = @{$case};
    my ($lines, $answer) = written($call);
    is scalar @{$lines}, 1, "$what is one line";
    like $lines->[0], qr/\Adebug Pinterest::OAuth: POST $path: status 200, $TIME, $ID, attempts 1, ok\z/,
        'which says how it went';
    my $told = ref $answer eq 'HASH' ? $answer : $answer->answer;
    like $lines->[0], qr/ $told->{milliseconds} ms, request id $told->{request_id},/, 'as the answer does';
}

push @secrets, 'pinr.c4nary';
my ($lines, $error)
    = written(sub { $client->oauth_token(grant_type => 'refresh_token', refresh_token => 'pinr.c4nary') });
like $lines->[0], qr/: status 401, $TIME, $ID, attempts 1, invalid_grant \(rejected\)\z/,
    'an error is its kind and outcome';
is ref $error, 'Pinterest::OAuth::Error::InvalidGrant', 'and dies as ever';

$emulator->script({ action => 'reset' });
($lines, $error) = written(sub { $client->oauth_token(@fields) });
like $lines->[0], qr/: status none, $TIME, request id none, attempts \d, connect \(unknown\)\z/,
    'so is a call without an answer';

$emulator->script({
    status  => 200, body_json => { access_token => 'pina_c4nary' },
    headers => [['x-pinterest-rid', "a\tb pina_c4nary " . $emulator->app_secret]]
});
($lines) = written(sub { $client->oauth_token(@fields) });
is scalar @{$lines}, 1, 'a server that repeats secrets is one line';
unlike $lines->[0], qr/[^ -~]/, 'of visible characters';

my $account = Pinterest::OAuth::TokenManager->new(@settings, store => ':memory:')->account;
($lines) = written(sub { $account->login(code => 'c4nary', redirect_uri => 'http://localhost:8085/') });
is scalar @{$lines}, 1, 'a login that fails is one line';
like $lines->[0],
    qr{\Adebug Pinterest::OAuth: POST /v5/oauth/token: status \d+, $TIME, $ID, attempts 1, invalid_grant},
    'which says how it went';
my ($refused) = written(sub { $account->access_token });
is_deeply $refused, [], 'a call of a manager that sends nothing is none';

# What a manager did, of which another thread may be the doer.
{
    my $folder = tempdir(CLEANUP => 1);
    my $shop = Pinterest::OAuth::TokenManager->new(@settings, store => "$folder/tokens")->account('shop-42');
    $shop->login(code => $emulator->authorize->{code}, redirect_uri => 'http://localhost:8085/');
    my ($did) = written(sub { $shop->refresh(force => 1) });
    is scalar @{$did}, 1, 'a refresh is one line';
    like $did->[0], qr/\Ainfo Pinterest::OAuth: shop-42: refreshed: a new token is stored, /,
        'which says of whom';
    ($did) = written(sub { $shop->access_token; {} });
    is_deeply $did, [], 'a cached token is none';
}

for my $silent (
    sub { $client->oauth_token(grant_type => 'refresh_token') },
    sub { $client->authorize_url(redirect_uri => 'http://localhost/') },
    sub { Pinterest::OAuth->redirect(url => '?code=c&state=s', state => 's') },
) {
    my ($lines) = written($silent);
    is_deeply $lines, [], 'what sends nothing is no line';
}

sub said {
    my ($program, %environment) = @_;
    local @ENV{ 'LIB', keys %environment } = (q{}, values %environment);
    my @roots = map { "-I$_" } grep { !ref } @INC;
    open my $out, '-|', $^X, @roots, '-e', 'open STDERR, ">&", STDOUT; ' . $program or die;
    return join q{}, <$out>;
}
my %here = $emulator->environment;
my $program
    = 'use Pinterest::OAuth; Pinterest::OAuth->new->oauth_token(grant_type => "client_credentials"); print "end\n"';
like said($program, %here, LOG_ANY_DEFAULT_ADAPTER => 'Stderr'), qr/POST .* ok\nend/,
    'the environment can name an adapter' or diag said($program, %here, LOG_ANY_DEFAULT_ADAPTER => 'Stderr');
is said($program, %here), "end\n", 'without it nothing is written';
is said(
    'BEGIN { unshift @INC, sub { die "hidden\n" if $_[1] =~ m{^Log/} } } ' . $program, %here,
    LOG_ANY_DEFAULT_ADAPTER => 'Stderr'
    ),
    "end\n", 'nor where there is no Log::Any';
like said('use Log::Any::Adapter ("Stderr", log_level => "info"); ' . $program, %here), qr/\Aend\n\z/,
    'nor where the program listens to what is more important';

my $broken = <<'PERL';
package Log::Any::Adapter::Broken;
use Log::Any::Adapter;
use Log::Any::Adapter::Util;
use parent 'Log::Any::Adapter::Base';
*{$_} = sub { die "no disk\n" } for Log::Any::Adapter::Util::logging_methods();
*{"is_$_"} = sub { 1 } for Log::Any::Adapter::Util::logging_methods();
$INC{'Log/Any/Adapter/Broken.pm'} = 1;
Log::Any::Adapter->set('Broken');
$@ = 'kept';
PERL
is said("$broken$program; print \$@", %here), "Pinterest::OAuth: the logger died: no disk\nend\nkept",
    'a logger that dies ends no call, and leaves $@ alone';

done_testing;
