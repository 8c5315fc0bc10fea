# ithreads: a client belongs to its thread and says so elsewhere; everything else goes along.

use 5.026;
use strict;
use warnings;
use Config;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;

BEGIN {
    plan skip_all => 'this perl has no ithreads' if !$Config{useithreads};
    require threads;
}
use Loopback;
use Pinterest::OAuth;
use Pinterest::OAuth::TokenManager;

my @settings = (app_id => '1', app_secret => 'made-up', trust_env => 0);
my $client   = Pinterest::OAuth->new(@settings);
my $token    = Pinterest::OAuth::Token->from_json('{"access_token":"pina_1"}');
my @page     = (redirect_uri => 'http://localhost/', state => 's');

for my $round (1 .. 3) {
    my ($said, $read, $own) = threads->create(
        { context => 'list' },
        sub {
            eval { $client->authorize_url(@page) };
            my $said = "$@";
            undef $client;
            return (
                $said, $token->access_token,
                Pinterest::OAuth->new(@settings)->authorize_url(@page)->{state}
            );
        }
    )->join;
    like $said, qr/^client was made in another thread, or copied: make one with new[.] Fix `client`[.] at /,
        'a client of another thread says that it is one';
    is $read,                                  'pina_1', 'a token goes along';
    is $own,                                   's',      'a client that the thread makes works there';
    is $client->authorize_url(@page)->{state}, 's',      'and the first one still works in its own';
}

# A token manager and its accounts are objects of their thread, too.
my @store   = (@settings, store => ':memory:');
my $manager = Pinterest::OAuth::TokenManager->new(@store);
my $account = $manager->account->import_token($token);
for my $round (1 .. 2) {
    my @said = threads->create(
        { context => 'list' },
        sub {
            eval { $manager->account };
            my $said = "$@";
            eval { $account->access_token };
            return (
                $said, "$@",
                Pinterest::OAuth::TokenManager->new(@store)->account->import_token($token)->access_token
            );
        }
    )->join;
    like $said[0], qr/^manager was made in another thread, or copied: make one with new[.] /,
        'so does a manager';
    like $said[1], qr/^account was made in another thread, or copied: make one with account of /,
        'and an account';
    is $said[2],               'pina_1', 'those that the thread makes work there';
    is $account->access_token, 'pina_1', 'and the first ones in their own';
}

my $server  = Loopback->answering((Loopback->json(200, '{"access_token":"pina_2"}')) x 4);
my $url     = $server->url;
my @threads = map {
    threads->create(sub {
        my $own = Pinterest::OAuth->new(@settings, base_url => $url);
        return $own->oauth_token(grant_type => 'client_credentials')->access_token;
    });
} 1 .. 4;
is_deeply [map { $_->join } @threads], [('pina_2') x 4], 'threads call at the same time';

done_testing;
