# Signals during a call: what the help says about them.

use 5.026;
use strict;
use warnings;
use POSIX ();
use Test::More;
use Time::HiRes qw(setitimer ITIMER_REAL);
use Pinterest::OAuth 'oauth_token';
use Pinterest::OAuth::Emulator;

my $emulator = Pinterest::OAuth::Emulator->start(tls => 0);

# A child that calls a server which does not answer, and gets a signal once the request has arrived.
sub interrupted {
    my ($signal, $work) = @_;
    $emulator->clear;
    $emulator->script({ action => 'hang' });
    pipe my $reading, my $writing or die "no pipe: $!\n";
    my $pid = fork // die "no child: $!\n";
    if (!$pid) {
        alarm 60;
        print {$writing} $work->();
        close $writing;
        POSIX::_exit(0);
    }
    close $writing;
    my $end = time + 50;
    select undef, undef, undef, 0.02 while !$emulator->requests && time < $end;
    kill $signal, $pid;
    my $said = do { local $/ = undef; readline $reading };
    waitpid $pid, 0;
    return ($said, $?);
}

sub hanging {
    my ($timeout) = @_;
    my $client = Pinterest::OAuth->new($emulator->settings, timeout => $timeout);
    eval { $client->oauth_token(grant_type => 'client_credentials') };
    return ref $@;
}

my ($said, $status) = interrupted(INT => sub { local $SIG{INT} = 'DEFAULT'; hanging(40) });
is $status & 127, POSIX::SIGINT(), 'a signal without a handler ends the program during the call';
is $said,         q{},             'which says nothing more';

($said, $status) = interrupted(
    USR1 => sub {
        my @order;
        local $SIG{USR1} = sub { push @order, 'handler' };
        push @order, hanging(3);
        return "@order";
    }
);
is $status, 0, 'a signal with a handler does not end the program';
like $said, qr/Pinterest::OAuth::Error::Timeout/, 'and not the call, which keeps its deadline';
like $said, qr/handler/,                          'the handler runs';

# A handler that dies: the answer has come by then. Under strict rotation a token that is lost cannot be replaced.
my $strict   = Pinterest::OAuth::Emulator->start(tls => 0, rotation => 'strict', same_second_same_token => 0);
my @settings = $strict->settings;
my $client   = Pinterest::OAuth->new(@settings);

sub exchanged {
    return $client->oauth_token(
        grant_type   => 'authorization_code', code => $strict->authorize->{code},
        redirect_uri => 'http://localhost:8085/'
    );
}

# Dies with the handler's own words, because the alarm comes while the answer is awaited.
sub cut_short {
    my ($call) = @_;
    $strict->script({ action => 'pinterest', delay_ms => 1500 });
    return eval {
        local $SIG{ALRM} = sub { die "enough\n" };
        alarm 1;
        my $token = $call->();
        alarm 0;
        $token;
    };
}

my $token = exchanged();
for my $case (
    [refresh       => sub { $client->refresh($token) }],
    [oauth_token   => sub { $client->oauth_token(grant_type => 'refresh_token', token => $token) }],
    ['a function'  => sub { oauth_token(@settings, grant_type => 'refresh_token', token => $token) }],
    ['other times' => sub { $client->refresh($token, timeout => 10 + rand) }],
    [
        'another order' => sub {
            my %fields = (grant_type => 'refresh_token', token => $token, timeout => 20, extra => { a => 1 });
            my @names  = rand > 0.5 ? sort keys %fields : reverse sort keys %fields;
            return $client->oauth_token(map { $_ => $fields{$_} } @names);
        }
    ],
) {
    my ($what, $call) = @{$case};
    $strict->clear;
    is cut_short($call), undef,      "$what: a handler that dies ends the call";
    is $@,               "enough\n", "$what: with what it died with";
    my $next = $call->();
    isa_ok $next, 'Pinterest::OAuth::Token', "$what: the same call once more gives what had come:";
    is scalar $strict->requests, 1, "$what: nothing is sent for it";
    ok $next->answer->{request_id}, "$what: it tells how the call went";
    $token = $client->refresh($next);
    is scalar $strict->requests, 2, "$what: which is a call of its own again";
}

{
    my $other = exchanged();
    is cut_short(sub { $client->refresh($token) }), undef, 'one refresh is cut short';
    $strict->clear;
    my $its = $client->refresh($other);
    is scalar $strict->requests, 1, 'another call does not get its answer';
    isnt $its->access_token,     $client->refresh($token)->access_token, 'which stays for its own';
    is scalar $strict->requests, 1,                                      'and is still there';
}

{
    my $code = $strict->authorize->{code};
    my $call = sub {
        $client->oauth_token(
            grant_type   => 'authorization_code', code => $code,
            redirect_uri => 'http://localhost:8085/'
        );
    };
    cut_short($call);
    $token = $call->();
    ok $token->refresh_token, 'a code that was spent is not lost either';
}

{
    $strict->clear;
    my $call = sub { $client->oauth_token(grant_type => 'refresh_token', refresh_token => 'pinr.unknown') };
    is cut_short($call), undef, 'where no token came';
    ok !eval { $call->() }, 'there is none';
    is scalar $strict->requests, 2, 'so that the same call asks again';
}

# A signal at every moment of a call: before, during and after it.
{
    $strict->clear;
    local $SIG{ALRM} = sub { die "enough\n" };
    my ($calls, $cut) = (400, 0);
    for (1 .. $calls) {
        my $next;
        my $good = eval {
            eval { setitimer(ITIMER_REAL, (50 + rand 3000) / 1e6); $next = $client->refresh($token); 1 }
                or $cut++;
            setitimer(ITIMER_REAL, 0);
            1;
        };
        $cut++ if !$good;
        setitimer(ITIMER_REAL, 0);
        $token = $next // $client->refresh($token);
    }
    is scalar $strict->requests, $calls, "of $calls tokens none is lost, and none is asked for twice";
    cmp_ok $cut, '>', 0, 'with calls among them that were cut short';
}

# The program's own code during a call: what a logger or a handler of warnings dies with.
{

    package Log::Any;
    sub get_logger { die "no disk\n" }
}
{
    local $INC{'Log/Any.pm'} = 'here';
    local $SIG{__WARN__}     = sub { die "strict: @_" };
    $strict->clear;
    my $call = sub { $client->refresh($token) };
    ok !eval { $call->() }, 'a handler of warnings that dies ends a call whose logger died';
    like $@, qr/\Astrict: Pinterest::OAuth: the logger died: no disk\n/, 'with its words';
    delete local $INC{'Log/Any.pm'};
    ok $token = $call->(), 'the same call once more gives what had come';
    is scalar $strict->requests, 1, 'without another request';
}

done_testing;
