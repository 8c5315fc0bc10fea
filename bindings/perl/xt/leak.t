# 100,000 calls in one process, errors among them, leave its memory as it was.

use 5.026;
use strict;
use warnings;
use Test::More;
use Pinterest::OAuth 'oauth_token';
use Pinterest::OAuth::Emulator;
use Pinterest::OAuth::TokenManager;

my $CALLS            = 100_000;
my $CALLS_TO_PROVE   = 4_000;
my $CALLS_OF_MANAGER = 48_000;
my $BOUND            = 100;       # bytes a call, over the second half; an error document has 300

plan skip_all => 'needs /proc' if !-r '/proc/self/statm';

my $emulator = Pinterest::OAuth::Emulator->start(tls => 0);
my @settings = $emulator->settings;
my $client   = Pinterest::OAuth->new(@settings);
my $token    = $client->oauth_token(
    grant_type   => 'authorization_code', code => $emulator->authorize->{code},
    redirect_uri => 'http://localhost:8085/'
);
my $json = $token->to_json;

# One in twenty goes to the server, half of these in vain.
my @calls = (
    sub { $client->oauth_token(grant_type => 'client_credentials', scope => 'ads:read')->access_token },
    sub { $client->authorize_url(redirect_uri => 'http://localhost:8085/', scope => ['pins:read'])->{state} },
    sub { Pinterest::OAuth->redirect(url => '?code=c0de&state=s', state => 's') },
    sub { Pinterest::OAuth->redirect(url => '?code=c0de&state=s', state => 'other') },
    sub { $client->oauth_token(grant_type => 'refresh_token') },
    sub { $client->oauth_token(grant_type => 'refresh_token', refresh_token => [$json]) },
    sub { $client->oauth_token('odd') },
    sub { $client->oauth_token(grant_type => 'refresh_token', timeout => 'soon') },
    sub { $client->revoke },
    sub { Pinterest::OAuth::Token->from_json($json)->to_hash },
    sub { $client->oauth_token(grant_type => 'refresh_token', refresh_token => 'pinr.unknown') },
    sub { Pinterest::OAuth::Token->from_json('{}') },
    sub { Pinterest::OAuth::Token->from_json($json)->refresh_token },
    sub { Pinterest::OAuth->new(@settings)->authorize_url(redirect_uri => 'http://localhost:8085/') },
    sub { Pinterest::OAuth->new(@settings, timeout  => 0) },
    sub { Pinterest::OAuth->new(@settings, nonsense => 1) },
    sub { oauth_token(@settings, grant_type => 'none') },
    sub { $client->refresh(undef) },
    sub { $client->conversion_token(access_token => "\0") },
    sub {
        $client->authorize_url(redirect_uri => "http://localhost/\x{4f8b}", extra => { a => "\x{1F4CC}" })
            ->{url};
    },
);

# Those of a token manager, half of them in vain; none goes to the server.
my @store   = (@settings, store => ':memory:');
my $manager = Pinterest::OAuth::TokenManager->new(@store);
my $account = $manager->account('shop-42')->import_token($token);
my @managed = (
    sub { $account->access_token },
    sub { $manager->account('shop-42')->access_token_now },
    sub { $account->token->scope },
    sub { $account->status->{state} },
    sub { $manager->accounts },
    sub { Pinterest::OAuth::TokenManager->new(@store)->account('shop-43') },
    sub { $manager->account('nobody')->access_token },
    sub { $account->access_token('ads:write') },
    sub { $account->rejected($account->access_token, 3) },
    sub { $manager->account(q{}) },
    sub { $account->login(colour => 1) },
    sub { Pinterest::OAuth::TokenManager->new(@store, stores => 'x') },
);

sub resident {
    open my $statm, '<', '/proc/self/statm' or die "no /proc/self/statm: $!\n";
    my (undef, $pages) = split q{ }, readline $statm;
    close $statm;
    return $pages * 4096;
}

# Bytes a call over the second half of a run, by least squares.
sub growth {
    my ($calls, $failing, @list) = @_;
    my $every = $calls / 40;
    my @samples;
    my $failed = 0;
    for my $number (1 .. $calls) {
        eval { $list[$number % @list]->(); 1 } or $failed++;
        push @samples, [$number, resident()] if $number > $calls / 2 && $number % $every == 0;
    }
    is $failed, $calls * $failing / @list, "of $calls calls the expected ones fail";
    my ($mean_x, $mean_y)
        = map { my $place = $_; my $sum = 0; $sum += $_->[$place] for @samples; $sum / @samples } 0, 1;
    my ($over, $under) = (0, 0);
    for my $sample (@samples) {
        my ($x, $y) = ($sample->[0] - $mean_x, $sample->[1] - $mean_y);
        $over  += $x * $y;
        $under += $x * $x;
    }
    return $over / $under;
}

my $growth = growth($CALLS, 13, @calls);
note sprintf '%.1f bytes a call, %d KiB resident', $growth, resident() / 1024;
cmp_ok $growth, '<', $BOUND, "memory is flat over $CALLS calls";

$growth = growth($CALLS_OF_MANAGER, 6, @managed);
cmp_ok $growth, '<', $BOUND, "memory is flat over $CALLS_OF_MANAGER calls of a token manager";

{
    no warnings 'redefine';
    local *Pinterest::OAuth::Library::string_free = sub { };
    cmp_ok growth($CALLS_TO_PROVE, 13, @calls), '>', $BOUND, 'documents that are not freed would be noticed';
}

done_testing;
