# The login of a web app: the example of PSGI under Starman with several workers, and what begin and finish are given.

use 5.026;
use strict;
use warnings;
use Carp ();
use Data::Dumper 'Dumper';
use File::Temp 'tempdir';
use FindBin;
use lib "$FindBin::Bin/lib";
use Browser qw(free_port);
use IO::Socket::IP;
use JSON::PP ();
use Storable ();
use Test::More;
use World;

my $PORT     = free_port();
my $PLACE    = "http://localhost:$PORT";
my $CALLBACK = "$PLACE/callback";
my $WORKERS  = 3;
my $world    = World->new(redirect_uris => [$CALLBACK]);
my $emulator = $world->emulator;
my $manager  = $world->manager;

sub codes {
    return scalar grep { $_->{path} =~ m{/oauth/token\z} } $emulator->requests;
}

sub dies {
    my ($call) = @_;
    return eval { $call->(); 1 } ? 'nothing' : ref($@) =~ s/\APinterest::OAuth::Error:://r;
}

# Starman with the example, until the test ends.
my $folder = tempdir(CLEANUP => 1);
my $server = fork // die;
if (!$server) {
    my %environment = (
        $emulator->environment,
        REDIRECT_URI          => $CALLBACK,
        PINTEREST_OAUTH_STORE => "$folder/tokens",
        PERL5LIB              => join ':', grep { !ref } @INC,
    );
    local @ENV{ keys %environment } = values %environment;
    open STDERR, '>', "$folder/log" or die;
    exec 'starman', "--listen=localhost:$PORT", "--workers=$WORKERS", '--preload-app',
        "$FindBin::Bin/../../../examples/perl/login.psgi"
        or die;
}

END {
    if ($server) {
        local $? = $?;
        kill TERM => $server;
        waitpid $server, 0;
    }
}
alarm 120;
select undef, undef, undef, 0.05 while !IO::Socket::IP->new(PeerHost => 'localhost', PeerPort => $PORT);

my @secrets;

# A visitor at Pinterest's page: the address of the page.
sub begun {
    my ($browser) = @_;
    my $answer = $browser->get("$PLACE/login");
    is $answer->{status}, 303, 'a login begins with 303';
    return $answer->{headers}{location};
}

sub back {
    my ($browser, @decision) = @_;
    my $back = $browser->decide(begun($browser), @decision ? @decision : 'allow');
    push @secrets, values %{ $browser->cookies }, $back =~ /[?&](?:state|code)=([^&]+)/g;
    return $back;
}

{
    my $browser = Browser->new;
    my $address = back($browser);
    my %kept    = %{ $browser->cookies };
    is scalar keys %kept, 1, 'one cookie goes along';
    is $browser->ask(HEAD => $address)->{status}, 204, 'HEAD is no visit';
    is $browser->ask(GET => $address, { 'sec-purpose' => 'prefetch' })->{status}, 204,
        'neither is a prefetch';
    is codes(),                                   0,   'nothing is sent for them';
    is + (Browser->new->get($address))->{status}, 400, 'another browser is told that it is not its login';
    is codes(),                                   0,   'and nothing is sent';
    my $answer = $browser->get($address);
    is $answer->{status},                   303,        'the browser that began it';
    is $answer->{headers}{location},        '/status',  'goes on where the app said';
    is $answer->{headers}{'cache-control'}, 'no-store', 'with an answer that nobody keeps';
    is_deeply $browser->cookies, {}, 'its cookie is gone';
    like $browser->get("$PLACE/status")->{content}, qr/\AThe account is ready: /, 'the account is logged in';
    is codes(), 1, 'by one exchange';

    # The same redirect again, as a double click or a browser sends it: on any worker.
    my @answers
        = map { my $again = Browser->new; %{ $again->cookies } = %kept; $again->get($address)->{status} }
        1 .. 9;
    is_deeply \@answers, [(303) x 9], 'the same redirect again is answered as the first one';
    is codes(), 1, 'without another exchange';
    $browser->get($address =~ s/code=[^&]+/code=another/r);
    is codes(), 1, 'what has no cookie sends nothing';
}
{
    my $browser = Browser->new;
    my ($first, $second) = (back($browser), back($browser));
    is scalar keys %{ $browser->cookies }, 2, 'two tabs have a login each';
    is $browser->get($_)->{headers}{location}, '/status', 'and both end well' for $second, $first;
    my $denied = $browser->get(back($browser, 'deny'));
    is $denied->{status}, 403, 'who refuses is told so';
    like $denied->{content}, qr/\AAccess was not given/, 'in a sentence';
    my $address = back($browser);
    $emulator->script({ status => 503, times => 9 });
    my $failed = $browser->get($address);
    is $failed->{status}, 502, 'where Pinterest fails';
    like $failed->{content}, qr/can be tried again/, 'the page of the app says so';
    $emulator->clear;
}
open my $log, '<', "$folder/log" or die;
my $logged = do { local $/ = undef; readline $log };
close $log;
like $logged,   qr/Pinterest answered|503/, 'the log says why';
unlike $logged, qr/state=/,                 'and no address';
$logged =~ s{"GET [^"]*"}{}g;    # the access log, which is the operator's
is scalar(grep { index($logged, $_) >= 0 } @secrets), 0, 'nor any other secret';
cmp_ok scalar @secrets, '>', 9, 'of which there were some';

# What is given, with the environment of PSGI and without.
my @begin
    = (account => 'own', redirect_uri => $CALLBACK, scope => ['pins:read'], next => '/a', owner => 'anna');
my %env = (REQUEST_METHOD => 'GET', HTTP_HOST => "localhost:$PORT");
{
    my $begin = $manager->begin_login(@begin, env => \%env, extra => { consent => 'x' });
    like $begin->url, qr/[?&]consent=x(?:&|\z)/, 'further parameters are in the address';
    my ($cookie) = map { /\A([^;]+)/ } $begin->set_cookies;
    my $query    = (split /[?]/, Browser->new->decide($begin->url, 'allow'))[1];
    my @visit    = (query => $query, cookies => $cookie);
    my $dump     = Dumper($begin);
    is scalar(grep { index($dump, $_) >= 0 } $begin->url, $cookie, $query =~ /state=([^&]+)/), 0,
        'a dump has no secret';
    is dies($_), 'InvalidArgument', 'it is not written'
        for sub { Storable::freeze($begin) }, sub { JSON::PP->new->convert_blessed->encode([$begin]) };

    is $manager->finish_login(@visit, owner => 'bob')->outcome, 'mismatch', 'another owner does not end it';
    my $stopped = Pinterest::OAuth::TokenManager->new($world->settings, base_url => 'http://127.0.0.1:1');
    is $manager->finish_login(@visit, owner => 'anna', method => 'HEAD')->outcome, 'not_a_visit',
        'nor does HEAD';
    my @of_psgi = (HTTP_COOKIE => $cookie, QUERY_STRING => $query);
    for my $purpose (qw(HTTP_SEC_PURPOSE HTTP_PURPOSE HTTP_X_MOZ)) {
        my $end = $manager->finish_login(env => { %env, @of_psgi, $purpose => 'prefetch' }, owner => 'anna');
        is $end->outcome, 'not_a_visit', "nor does a request with $purpose";
        is_deeply $end->psgi->[2], [], 'which has no page';
    }
    my $end = $manager->finish_login(env => { %env, @of_psgi }, owner => 'anna');
    is_deeply [$end->outcome, $end->account, $end->next], ['done', 'own', '/a'], 'its owner does';
    is scalar(grep { $_ eq 'pins:read' } $end->scopes), 1,     'with the scopes that were given';
    is $end->previous_user,                             undef, 'what is not known is undef';
    is_deeply { @{ $end->psgi('/b')->[1] } }->{Location}, '/a', 'it leads to next';
    delete $end->{next};
    is_deeply { @{ $end->psgi(@{$_}[1 .. $#{$_}])->[1] } }->{Location}, $_->[0], "or to $_->[0]"
        for ['/b', '/b'], ['/'];
    my $dumped = Dumper($end) . JSON::PP->new->convert_blessed->encode([$end]);
    my $token  = $manager->account('own')->access_token;
    is scalar(grep { index($dumped, $_) >= 0 } $token, $query =~ /(?:code|state)=([^&]+)/g), 0,
        'the end has no secret';
    is $manager->finish_login(@visit, owner => 'anna')->outcome, 'done', 'the same again is done again';
    is $manager->account('own')->access_token,                   $token, 'with the same token';
}
for my $case (
    [[redirect_uri => 'http://shop.example/'], 'redirect_uri'],
    [[next         => '//shop.example/'],      'next'],
    [[host         => 'other.example'],        'host'],
    [[colour       => 'red'],                  'colour'],
    [[env          => 'env'],                  'env'],
    [['account'], 'parameters'],
) {
    is dies(sub { $manager->begin_login(@begin, @{ $case->[0] }) }), 'InvalidArgument',
        "$case->[1] is refused";
    is $@->field, $case->[1], 'by name';
    like "$@", qr/ at \Q$0\E line /, 'at the line of the caller';
}
is dies(sub { $manager->finish_login(query => 'a=b', timeout => 'soon') }), 'InvalidArgument',
    'finish refuses as well';
is $@->field, 'timeout', 'by name';

# What stack traces show.
{
    local $SIG{__DIE__} = sub { die Carp::longmess('trace') };
    my $secret = 'c4nary';
    for my $call (
        sub { $manager->begin_login(@begin, owner => "$secret\n") },
        sub { $manager->finish_login(query => "code=$secret", cookies => $secret, owner => "$secret\n") },
        sub { $manager->login(extra => { state => $secret }) },
    ) {
        eval { $call->() };
        like $@,   qr/\Atrace at /, 'there is a stack trace';
        unlike $@, qr/$secret/,     'without what was given';
    }
}

done_testing;
