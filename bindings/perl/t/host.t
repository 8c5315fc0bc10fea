# The program's own code that runs during a call: tied and overloaded arguments, handlers of %SIG, its packages.

use 5.026;
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Loopback;
use Test::More;
use Pinterest::OAuth;

{

    package Counting;    # a hash and a list that give another value each time
    require Tie::Hash;
    require Tie::Array;
    our @ISA = 'Tie::StdHash';
    my $count = 0;
    sub FETCH { my ($self, $name) = @_; $count++; return $self->{$name} . $count }

    package Counting::List;
    our @ISA = 'Tie::StdArray';
    sub FETCH { my ($self, $place) = @_; $count++; return "s:$place.$count" }

    package Breaking;
    our @ISA = 'Tie::StdHash';
    sub FETCH { die "the store is closed\n" }

    package Unreadable;
    use overload q{""} => sub { die "no text\n" }, fallback => 1;

    package Text;
    use overload q{""} => sub { return ${ $_[0] } }, q{eq} => sub { die "not to be compared\n" },
        bool => sub { die "neither true nor false\n" };

    package Loud;    # an argument whose end dies
    use overload q{""} => sub { return 'pinr.loud' }, fallback => 1;
    sub DESTROY { die "at its end\n" }
}

my $ANSWER   = Loopback->json(200, '{"access_token":"pina_1","refresh_token":"pinr.2"}');
my @SETTINGS = (app_id     => '1', app_secret => 'made-up', trust_env => 0);
my @REFRESH  = (grant_type => 'refresh_token');

sub body { my ($request) = @_; return $request =~ s/\A.*\r\n\r\n//sr }

my $server = Loopback->answering(($ANSWER) x 7);
my $client = Pinterest::OAuth->new(@SETTINGS, base_url => $server->url);

tie my %counting, 'Counting';
%counting = (a => 'a', b => 'b');
tie my @counting, 'Counting::List';
@counting = (1, 2);
$client->oauth_token(@REFRESH, refresh_token => 'r', extra => \%counting, scope => \@counting);
is body($server->request),
    'grant_type=refresh_token&refresh_token=r&scope=s%3A0.3%2Cs%3A1.4&a=a1&b=b2',
    'what is tied is read once, in order of names'
    or diag $@;

my $text = bless \(my $own = 'pinr.own'), 'Text';
$client->oauth_token(@REFRESH, refresh_token => $text);
is body($server->request), 'grant_type=refresh_token&refresh_token=pinr.own',
    'of an object only its text is asked for';

tie my %breaking, 'Breaking';
$breaking{a} = 1;
my $unreadable = bless {}, 'Unreadable';
for my $case (
    [
        'a tied hash', sub { $client->oauth_token(@REFRESH, refresh_token => 'r', extra => \%breaking) },
        'the store is closed'
    ],
    ['a tied hash as the parameters', sub { $client->oauth_token(%breaking) }, 'the store is closed'],
    ['an object', sub { $client->oauth_token(@REFRESH, refresh_token => $unreadable) }, 'no text'],
) {
    my ($what, $call, $said) = @{$case};
    ok !eval { $call->() }, "$what that dies ends the call";
    is $@, "$said\n", 'with what it died with';
}

my @warnings;
{
    local $SIG{__WARN__} = sub { push @warnings, @_ };
    my $token = $client->oauth_token(@REFRESH, refresh_token => bless [], 'Loud');
    is $token->access_token, 'pina_1', 'an argument that dies at its end takes no token along';
    $server->request;
}

{
    local $SIG{__WARN__} = sub { die "strict: @_" };
    local $SIG{__DIE__}  = sub { push @warnings, "died: @_" };
    my $token = $client->oauth_token(@REFRESH, refresh_token => 'r');
    @warnings = grep { /died/ } @warnings;
    is_deeply [$token->access_token, [$token->scopes], $token->extra, $token->answer->{status}],
        ['pina_1', [], {}, 200],
        'with handlers that die a call works as ever';
    is_deeply \@warnings, [], 'and calls none of them';
    $server->request;
}

{
    local ($_, $/, $,, $\, $") = ('kept', undef, 'x', 'y', 'z');
    local ($;, $|) = ('a', 1);
    local $! = 3;
    my $token = $client->oauth_token(@REFRESH, refresh_token => 'r', scope => ['a:b', 'c:d']);
    is $_, 'kept', 'the variables of the program stay as they are';
    local $/ = "\n";
    is body(do { local ($/, $\, $,) = ("\0", undef, undef); $server->request }),
        'grant_type=refresh_token&refresh_token=r&scope=a%3Ab%2Cc%3Ad',
        'and are not what decides';
}

ok !eval { $client->oauth_token(undef, 1) }, 'a parameter without a name is refused';
is_deeply [ref $@, $@->field], ['Pinterest::OAuth::Error::InvalidArgument', 'parameters'],
    'by an error that says so';

# Errors say where the program made the call, whatever its packages are called.
{

    package Pinterest::OAuth::MyShop;
    our @ISA = 'Pinterest::OAuth';
    sub failing { my ($client) = @_; return $client->revoke }

    package WWW::OpenAPIClient::MyApi;
    sub failing { my ($client) = @_; return $client->revoke }
}
for my $failing (\&Pinterest::OAuth::MyShop::failing, \&WWW::OpenAPIClient::MyApi::failing) {
    eval { $failing->($client) };
    is $@->file, $0, 'a package whose name begins like ours is the program\'s own';
    cmp_ok $@->line, '<', __LINE__ - 4, 'and has the line of the call';
}
eval {    # one that is called as our client is

    package Pinterest::OAuth;
    $client->revoke;
};
is $@->file, $0, 'where every package has our name, the outermost call is named';

done_testing;
