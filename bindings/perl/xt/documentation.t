# The examples of README.md and examples/perl, run.

use 5.026;
use strict;
use warnings;
use File::Temp 'tempdir';
use FindBin;
use lib "$FindBin::Bin/lib";
use Browser qw(free_port);
use HTTP::Tiny;
use IPC::Open2 'open2';
use LWP::Authen::OAuth2;
use LWP::Protocol;
use Test::More;
use Pinterest::OAuth;
use Pinterest::OAuth::Emulator;
use Pinterest::OAuth::TokenManager;

my $address  = 'http://localhost:' . free_port() . q{/};
my $callback = 'http://localhost:5000/callback';
my $emulator = Pinterest::OAuth::Emulator->start(tls => 0, redirect_uris => [$address, $callback]);
local @ENV{qw(PINTEREST_API_URI PINTEREST_OAUTH_URI PINTEREST_APP_ID PINTEREST_APP_SECRET)}
    = @{$emulator}{qw(base_url oauth_url app_id app_secret)};
local $ENV{PINTEREST_OAUTH_STORE} = tempdir(CLEANUP => 1) . '/tokens';

# The browser of the person at this machine: what BROWSER names opens the address and gives access.
my $browser = tempdir(CLEANUP => 1) . '/browser';
open my $program, '>', $browser or die "$browser: $!\n";
print {$program} "#!$^X\nuse lib '$FindBin::Bin/lib';\nuse Browser;\nBrowser->new->log_in(\@ARGV);\n";
close $program;
chmod 0755, $browser;
local $ENV{BROWSER} = $browser;

# What LWP sends to Pinterest over https arrives at the emulator.
{

    package ToTheEmulator;
    our @ISA = 'LWP::Protocol';

    sub request {
        my ($self, $request, @rest) = @_;
        my $address = $request->uri =~ s{\Ahttps://api[.]pinterest[.]com/v5}{$emulator->base_url}er;
        my $changed = $request->clone;
        $changed->uri($address);
        return LWP::Protocol::create('http', $self->{ua})->request($changed, @rest);
    }
}
LWP::Protocol::implementor(https => 'ToTheEmulator');

# Gives access on the consent page; the address at which the browser ends up.
sub send_the_user_to {
    my ($url) = @_;
    my ($page, $query) = $url =~ /\A([^?]+)[?](.*)\z/;
    my $answer = HTTP::Tiny->new(max_redirect => 0)->post(
        $page,
        {
            content => "$query&decision=allow",
            headers => { 'content-type' => 'application/x-www-form-urlencoded' }
        }
    );
    return $answer->{headers}{location};
}

# A visitor of the two handlers.
sub ends_well {
    my ($begin, $finish) = @_;
    my $begun   = $begin->({ HTTP_HOST => 'localhost:5000' });
    my %header  = @{ $begun->[1] };
    my ($query) = send_the_user_to($header{Location}) =~ /[?](.*)/;
    my ($kept)  = $header{'Set-Cookie'}               =~ /\A([^;]+)/;
    my $end     = $finish->({ REQUEST_METHOD => 'GET', QUERY_STRING => $query, HTTP_COOKIE => $kept });
    return is_deeply [$end->[0], { @{ $end->[1] } }->{Location}], [303, '/status'], 'a visitor is logged in';
}

my @stored;
sub store        { return push @stored, @_ }
sub load         { return $stored[-1] }
sub log_in_again { die "not needed\n" }

open my $in, '<', "$FindBin::Bin/../README.md" or die "README.md: $!\n";
my $readme = do { local $/ = undef; readline $in };
close $in;
my @blocks = $readme =~ /^```perl\n(.*?)^```/msg;
is @blocks, 11, 'the README has eleven examples';
my ($agent) = grep { $blocks[$_] =~ /LWP/ } 0 .. $#blocks;
Pinterest::OAuth::TokenManager->new->account('shop-42')
    ->login(code => $emulator->authorize->{code}, redirect_uri => 'http://localhost:8085/');

# A login with the browser, whose port may be another program's here; and one of a web app, whose handlers are asked.
my ($login) = grep { $blocks[$_] =~ /->login\(account/ } 0 .. $#blocks;
my ($web)   = grep { $blocks[$_] =~ /->begin_login/ } 0 .. $#blocks;
is $blocks[$login] =~ s/->login\(/->login(redirect_uri => '$address', /, 1, 'there is a login';
$blocks[$web] .= '[$login, $callback];';

for my $number (0 .. $#blocks) {
    my ($value, $said) = (undef, q{});
    {
        open my $out, '>', \$said or die;
        my $selected = select $out;
        local *STDERR = $out if $number == $login;
        $value = eval "use 5.026; no strict; do { $blocks[$number] }";
        select $selected;
    }
    is $@,           q{}, 'example ' . ($number + 1) . ' of the README works';
    is $value->code, 200, 'LWP gets an answer' if $number == $agent;
    like $said, qr/\AOpening your browser: \Q$address\E.*^Scopes: .*pins:read/ms, 'a login opens the browser'
        if $number == $login;
    ends_well(@{$value}) if $number == $web;
}
is @stored,                                       3, 'its tokens were stored';
is scalar(keys %{ { map { $_ => 1 } @stored } }), 3, 'and each is another';

is_deeply [$readme =~ /^## (.*)$/mg], [qw(Installation Usage Development Testing)],
    'the README has its four sections';

# The table: each column is a program, whose lines run in order.
my @rows = $readme =~ /^[|] `([^`]+)` [|] `([^`]+)` [|]$/mg;
is @rows, 16, 'the table has eight lines of two columns';
my $pinterest = Pinterest::OAuth::Emulator->start(tls => 0, body_credentials => 1);
my %programs
    = (there => [@rows[grep { !($_ % 2) } 0 .. $#rows]], here => [@rows[grep { $_ % 2 } 0 .. $#rows]]);
my %stored;
for my $column ('there', 'here') {
    my %environment = $pinterest->environment;
    local @ENV{ keys %environment } = values %environment;
    my ($id, $secret, $uri, $scope, $state) = (
        $pinterest->app_id,             $pinterest->app_secret, 'http://localhost:8085/',
        'pins:read,user_accounts:read', 'own'
    );
    my $address   = $pinterest->base_url . '/user_account';
    my $code      = $pinterest->authorize(scope => $scope)->{code};
    my %endpoints = (
        authorization_endpoint => $pinterest->oauth_url . '/oauth/',
        token_endpoint         => $pinterest->base_url . '/oauth/token',
        redirect_uri           => $uri, scope => $scope
    );
    my %rest = (client_id => $id, client_secret => $secret, %endpoints);
    my ($got, $seen, $kept) = eval join q{ }, @{ $programs{$column} }, '($answer, $url, $stored)';
    is $@, q{}, "$column: every line runs";
    like $seen, qr{/oauth/[?].*\bstate=own\b}, "$column: the address is that of the page";
    is ref $got eq 'HASH' ? $got->{status} : $got->code, 200, "$column: the token is good for a call";
    $stored{$column} = $kept;
}
my $moved = Pinterest::OAuth::Token->from_json($stored{there});
is $moved->expires_within(300), undef, 'when a token_string expires is not known';
ok(Pinterest::OAuth->new($pinterest->settings)->refresh($moved)->expires_at, 'until it is refreshed');

my $example = "$FindBin::Bin/../../../examples/perl/token.pl";
my $pid     = open2(my $out, my $typed, $^X, (map { "-I$_" } grep { !ref } @INC), $example);
readline $out;
chomp(my $url = readline $out);
print {$typed} send_the_user_to($url), "\n";
close $typed;
my @said = readline $out;
waitpid $pid, 0;
is $?, 0, 'examples/perl ends well';
like "@said", qr/^code: access token [0-9a-f]{12}, .*refresh: access token .*The refresh token has rotated/s,
    'and shows what it did';

# The same with the example, and with the browser that nobody opens: what happens at the end.
my $script = "$FindBin::Bin/../../../examples/perl/login.pl";
my $output = qx{"$^X" @{[map { "'-I$_'" } grep { !ref } @INC]} '$script' '$address' 2>&1};
is $?, 0, 'examples/perl/login.pl ends well';
like $output, qr/\AOpening your browser: .*Logged in as \@emulated_account \(account shop-42\).*^Scopes: /ms,
    'and says what it did';

done_testing;
