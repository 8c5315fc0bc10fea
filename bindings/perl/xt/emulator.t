# The emulator as programs use it in their own tests.

use 5.026;
use strict;
use warnings;
use POSIX ();
use Test::More;
use Pinterest::OAuth;
use Pinterest::OAuth::Emulator;

my $emulator = Pinterest::OAuth::Emulator->start(
    rotation      => 'strict', same_second_same_token => 0, code_lifetime => 60,
    redirect_uris => ['https://shop.example/back']
);
my $switches = $emulator->switches;
is_deeply [$switches->{rotation}, $switches->{code_lifetime}, !!$switches->{same_second_same_token}],
    ['strict', 60, q{}],
    'switches are set when it starts';
ok $emulator->switches(same_second_same_token => 1)->{same_second_same_token}, 'and later';

for my $https (0, 1) {
    my $scheme = $https ? 'https' : 'http';
    my $client = Pinterest::OAuth->new($emulator->settings(https => $https));
    my $access = $emulator->authorize(
        scope        => 'pins:read', state => 'own',
        redirect_uri => 'https://shop.example/back'
    );
    is $access->{redirect}, "https://shop.example/back?code=$access->{code}&state=own",
        "$scheme: a user gives access";
    my $token = $client->oauth_token(
        grant_type   => 'authorization_code', code => $access->{code},
        redirect_uri => 'https://shop.example/back'
    );
    is $token->scope, 'pins:read', "$scheme: to what was asked for";

    my %environment = $emulator->environment(https => $https);
    local @ENV{ 'SSL_CERT_FILE', keys %environment } = (undef, values %environment);
    delete $ENV{SSL_CERT_FILE} if !$https;
    ok(
        Pinterest::OAuth->new->refresh($token)->refresh_token_rotated,
        "$scheme: a program that reads the environment calls it"
    );
    like $environment{PINTEREST_API_URI}, qr{\A$scheme://}, "$scheme: as it was told";
}

my $client  = Pinterest::OAuth->new($emulator->settings);
my $refusal = $emulator->authorize(state => 'own', deny => 1);
is $refusal->{code}, undef, 'a user who refuses gives no code';
ok !eval { Pinterest::OAuth->redirect(url => $refusal->{redirect}, state => 'own') }, 'the redirect has none';
is ref $@, 'Pinterest::OAuth::Error::AccessDenied', 'and says why';
ok $emulator->authorize(deny => 0)->{code}, 'deny => 0 is no refusal';

my @fields = (grant_type => 'client_credentials');
$emulator->script({ status => 503 }, { status => 429, headers => [['retry-after', '7']] });
ok !eval { $client->oauth_token(@fields) }, 'a fault is played';
is $@->http_status, 503, 'as the script says';
ok !eval { $client->oauth_token(@fields) }, 'one after the other';
is $@->retry_after, 7, 'with its headers';
ok $client->oauth_token(@fields), 'until there are no more';

my $requests = $emulator->requests;
is + ($emulator->requests)[-1]{path}, '/v5/oauth/token', 'requests are recorded';
$client->oauth_token(@fields);
is $emulator->requests,                $requests + 1, 'each of them';
is @{ $emulator->record->{requests} }, $requests + 1, 'record has them as well';
$emulator->clear;
is $emulator->requests, 0, 'until they are cleared';

my $before = $emulator->advance(0);
cmp_ok $emulator->advance('60'), '>=', $before + 60, 'its clock can be moved';
$emulator->reset;
is $emulator->switches->{rotation}, 'grace', 'reset puts everything back';

for my $case (
    [
        'a switch that does not exist', qr/\APOST \/switches: .*nonsense.* at \Q$0\E line/,
        sub { $emulator->switches(nonsense => 1) }
    ],
    [
        'one at the start', qr/nonsense.* at \Q$0\E line/,
        sub { Pinterest::OAuth::Emulator->start(nonsense => 1) }
    ],
    [
        'https without tls', qr/started with tls => 0: it has no https at \Q$0\E line/,
        sub { Pinterest::OAuth::Emulator->start(tls => 0)->settings(https => 1) }
    ],
    [
        'its environment', qr/no https at \Q$0\E line/,
        sub { Pinterest::OAuth::Emulator->start(tls => 0)->environment(https => 1) }
    ],
    [
        'a command that is not there',
        qr{\A/nowhere cannot be started: PINTEREST_OAUTH_COMMAND names .* at \Q$0\E line},
        sub { local $ENV{PINTEREST_OAUTH_COMMAND} = '/nowhere'; Pinterest::OAuth::Emulator->start }
    ],
    [
        'another command', qr{\A/bin/true did not start an emulator at \Q$0\E line},
        sub { local $ENV{PINTEREST_OAUTH_COMMAND} = '/bin/true'; Pinterest::OAuth::Emulator->start }
    ],
) {
    my ($what, $said, $call) = @{$case};
    ok !eval { $call->(); 1 }, "$what is an error";
    like $@, $said, 'that says so';
}

{
    local @ENV{qw(http_proxy HTTP_PROXY all_proxy ALL_PROXY)} = ('http://127.0.0.1:9/') x 4;
    ok $emulator->switches, 'no proxy stands between';
}

# Whether a process has ended, also where nobody waits for it.
sub gone {
    my ($pid) = @_;
    open my $stat, '<', "/proc/$pid/stat" or return 1;
    return <$stat> =~ /[)] Z /;
}

my $pid = $emulator->{pid};
if (!(my $child = fork // die "no child: $!\n")) {
    undef $emulator;
    POSIX::_exit(0);
}
else { waitpid $child, 0 }
ok $emulator->switches, 'a child that ends leaves it running';
{
    local ($?, $@) = (3, 'kept');
    undef $emulator;
    is_deeply [$?, $@], [3, 'kept'], 'its end leaves $? and $@ alone';
}
ok gone($pid), 'it ends with the object';

for my $ending ('exit 0', 'die', 'kill KILL => $$', 'POSIX::_exit(0)', 'our $kept = $emulator') {
    my @roots   = map { "-I$_" } grep { !ref } @INC;
    my $program = 'use POSIX (); use Pinterest::OAuth::Emulator; close STDERR; $| = 1; '
        . "my \$emulator = Pinterest::OAuth::Emulator->start(tls => 0); print \$emulator->{pid}; $ending";
    open my $out, '-|', $^X, @roots, '-e', $program or die;
    my $pid = <$out>;
    close $out;
    my $end = time + 50;
    select undef, undef, undef, 0.02 while !gone($pid) && time < $end;
    ok gone($pid), "it ends with a program that ends by '$ending'";
}

done_testing;
