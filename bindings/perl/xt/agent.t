# An LWP::UserAgent with an account's token: where it goes, where it does not, and the one retry.

use 5.026;
use strict;
use warnings;
use Data::Dumper 'Dumper';
use FindBin;
use lib "$FindBin::Bin/lib", "$FindBin::Bin/../t/lib";
use HTTP::Request::Common qw(GET POST);
use Loopback;
use LWP::UserAgent;
use Test::More;
use World;

my $REJECTED = Loopback->json(401, '{"code":2,"message":"Authentication failed."}');
my $FINE     = Loopback->json(200, '{"username":"shop"}');

sub bearer { my ($request) = @_; return $request =~ /^authorization: Bearer (\S+)\r$/im ? $1 : undef }

# An account whose token is a day old, an agent for it, and a server with these answers.
sub scene {
    my (@answers) = @_;
    my $world     = World->new;
    my $account   = $world->account('shop-42');
    $world->pass(1);
    my $server = Loopback->answering(@answers);
    my $agent  = $account->attach(LWP::UserAgent->new(timeout => 20), base_url => $server->url . '/v5');
    return ($world, $account, $agent, $server);
}

{
    my ($world, $account, $agent, $server) = scene($FINE, $REJECTED, $FINE, $FINE);
    isa_ok $agent, 'LWP::UserAgent', 'attach returns it:';
    my $request  = GET($server->url . '/v5/user_account');
    my $response = $agent->request($request);
    is $response->code,          200,                              'a request is answered';
    is bearer($server->request), my $old = $account->access_token, 'with the token of the account';
    unlike Dumper($agent, $request, $response) . $response->request->as_string, qr/\Q$old\E/,
        'which no dump shows';

    $response = $agent->request(POST($server->url . '/v5/pins', { title => 'one' }));
    is $response->code, 200, 'a rejected token is no failure';
    my ($first, $second) = ($server->request, $server->request);
    is bearer($first),            $old,                             'the first try has it';
    is bearer($second),           my $new = $account->access_token, 'the second one has another';
    isnt $new,                    $old,                             'a new one';
    is $first =~ s/$old//r,       $second =~ s/$new//r,             'otherwise they are the same';
    is $response->previous->code, 401,                              'LWP keeps the first answer';
    is $world->refreshes,         1,                                'one refresh was sent';

    $agent->request($request);
    is bearer($server->request), $new, 'a request can be used again';
}

for my $case (
    ['the second answer is the same', 2, $REJECTED, $REJECTED],
    ['it is another code',   1, Loopback->json(401, '{"code":3,"message":"no"}')],
    ['it has no code',       1, Loopback->json(401, '{}')],
    ['it is no object',      1, Loopback->json(401, '[2]')],
    ['it is a page',         1, Loopback->json(401, '<html>')],
    ['it is another status', 1, Loopback->json(403, '{"code":2}')],
) {
    my ($what, $sent, @answers) = @{$case};
    my ($world, undef, $agent, $server) = scene(@answers);
    my $response = $agent->get($server->url . '/v5/user_account');
    like $response->code, qr/40[13]/, "where $what the program gets it";
    $server->request for 1 .. $sent;
    is $world->refreshes, $sent - 1, 'and no more is sent';
}

{
    my ($world, $account, $agent, $server) = scene($REJECTED, $REJECTED, $REJECTED);
    my @pieces  = ('a' .. 'c');
    my $request = HTTP::Request->new(
        POST => $server->url . '/v5/media', ['content-length' => 3],
        sub { shift(@pieces) // q{} }
    );
    is $agent->request($request)->code, 401, 'a body that is read piece by piece is not sent again';
    is $world->refreshes,               0,   'nor is a token refreshed for it';
    $agent->max_redirect(0);
    is $agent->get($server->url)->code, 401, 'nor is a request of an agent that follows nothing';
    is $world->refreshes,               0,   'for the same reason';
    $agent->max_redirect(7);
    my $first    = $account->rejected($account->access_token);
    my $response = $agent->get($server->url);
    is $response->code, 401, 'a token of this minute is not replaced: the program gets the answer';
}

# Where the token does not go.
{
    my $other = Loopback->answering(($FINE) x 2);
    my ($world, $account, $agent, $server)
        = scene("HTTP/1.1 307 X\r\nlocation: "
            . $other->url
            . "/moved\r\nconnection: close\r\ncontent-length: 0\r\n\r\n", $FINE);
    is $agent->get($server->url)->code, 200, 'a redirect is followed';
    ok bearer($server->request), 'the first request has the token';
    is bearer($other->request), undef, 'another server does not get it';
    $agent->get($other->url);
    is bearer($other->request), undef, 'nor does one that is asked itself';
    $agent->get($server->url, Authorization => 'Bearer own');
    is bearer($server->request), 'own', 'a header of the program stays';
}
{
    my ($world, $account, $agent, $server) = scene($FINE);
    $account->attach($agent);
    $agent->get($server->url);
    is bearer($server->request), undef, 'attached anew without an address it goes to pinterest.com alone';
    my %belongs = (
        'https://api.pinterest.com/v5/pins' => 1, 'https://api-sandbox.pinterest.com/v5' => 1,
        'https://API.PINTEREST.COM:443/'    => 1, 'http://api.pinterest.com/v5'          => 0,
        'https://pinterest.com.example/' => 0, 'https://evilpinterest.com/' => 0, 'file:///etc/hostname' => 0,
    );
    for my $address (sort keys %belongs) {
        my $seen;
        my $watched = LWP::UserAgent->new;
        $account->attach($watched);
        $watched->add_handler(
            request_send => sub { $seen = $_[0]->header('Authorization'); return HTTP::Response->new(204) });
        $watched->get($address);
        is !!$seen, !!$belongs{$address}, "$address " . ($belongs{$address} ? 'gets it' : 'does not');
    }
}

# Where there is none.
{
    my ($world, undef, $agent, $server) = scene($FINE);
    $world->manager->account('nobody')->attach($agent, base_url => $server->url);
    ok !eval { $agent->get($server->url) }, 'without a token no request is sent';
    isa_ok $@, 'Pinterest::OAuth::Error::UnknownAccount', 'it dies with:';
    is $@->file, $0, 'from the line of the program';
    ok !eval { $world->manager->account->attach($agent, base_url => 'shop') },
        'an address that is none is refused';
    is $@->field, 'base_url', 'by name';
}

# The API itself.
{
    my $world   = World->new;
    my $account = $world->account('shop-42');
    $world->pass(25);
    my $agent = $account->attach(LWP::UserAgent->new, base_url => $world->emulator->base_url);
    my $page  = $agent->get($world->emulator->base_url . '/user_account');
    is $page->code,       200, 'the emulator takes it';
    is $world->refreshes, 1,   'refreshed where it was due';
}

done_testing;
