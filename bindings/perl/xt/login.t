# A login with the browser of this machine: what a program sees, and what a person is told.

use 5.026;
use strict;
use warnings;
use Data::Dumper 'Dumper';
use FindBin;
use lib "$FindBin::Bin/lib";
use Browser qw(free_port);
use IO::Pty;
use IO::Socket::IP;
use JSON::PP ();
use POSIX    ();
use Test::More;
use World;

my $PORT     = free_port();
my $ADDRESS  = "http://localhost:$PORT/";
my $SECONDS  = 60;
my $world    = World->new(redirect_uris => [$ADDRESS]);
my $emulator = $world->emulator;
my $manager  = $world->manager;

my @BASE = (redirect_uri => $ADDRESS, scope => 'pins:read', browser => 0, timeout => $SECONDS);

sub options {
    my @more = @_;
    return (@BASE, on_event => sub { }, @more);
}

sub dies {
    my ($call) = @_;
    return eval { $call->(); 1 } ? 'nothing' : ref $@ ? ref($@) =~ s/\APinterest::OAuth::Error:://r : $@;
}

sub codes {
    return scalar grep { $_->{path} =~ m{/oauth/token\z} } $emulator->requests;
}
sub is_open { return IO::Socket::IP->new(PeerHost => '127.0.0.1', PeerPort => $PORT, Timeout => 5) }

# The listener of a login that nobody waits for closes by itself.
sub closes { select undef, undef, undef, 0.02 while is_open(); return 1 }

# What must be in no dump: those of the last login.
my @secrets;

sub watched {
    my ($browser, $login, $decision) = @_;
    my $page = $browser->get($login->start_url)->{headers}{location};
    my $back = $browser->decide($page, $decision // 'allow');
    @secrets = (values %{ $browser->cookies }, map { /[?&](?:state|code)=([^&]+)/g } $page, $back);
    return $back;
}

{
    my ($browser, @events, $dump, $last) = (Browser->new);
    my $end = $manager->login(options(
        account  => 'shop-42',
        on_start => sub {
            my ($login) = @_;
            ok !$login->opened, 'no browser is opened where none is wanted';
            is $login->why_not_opened, undef, 'which needs no reason';
            like $login->start_url, qr{\A\Q$ADDRESS\E[\w-]{16}\z}, 'there is a start page';
            my $answer = $browser->get(watched($browser, $login));
            $last = $browser->get($answer->{headers}{location});
            $dump = Dumper($login);
        },
        on_event => sub { push @events, $_[1]; $dump .= Dumper(@_) },
    ));
    like $last->{content}, qr/You are logged in/, 'the browser ends at a page that says so';
    isa_ok $end, 'Pinterest::OAuth::LoginEnd', 'what comes back';
    is_deeply [$end->outcome, $end->account, $end->scopes], ['done', 'shop-42', 'pins:read'],
        'it says how it ended';
    cmp_ok $end->expires_at, '>', time, 'and until when';
    is_deeply [map { $_->{event} } @events], ['opened', 'done'], 'the events are told in order';
    like $events[-1]{message}, qr/\ALogged in \(account shop-42\): pins:read\. /,
        'the last one for the person';
    like $manager->account('shop-42')->access_token, qr/\Apina_/, 'the token is stored';
    is codes(), 1, 'by one exchange';
    ok !is_open(), 'the port is closed';
    $dump .= Dumper($end);
    push @secrets, $manager->account('shop-42')->access_token;
    is scalar(grep { index($dump, $_) >= 0 } @secrets), 0, 'no dump has its code, state, cookie or token';
    is scalar(@secrets),                                5, 'which there were';
}

{
    my $browser = Browser->new;
    my $denied  = dies(sub {
        $manager->login(options(on_start => sub { $browser->get(watched($browser, $_[0], 'deny')) }));
    });
    is $denied,                                 'AccessDenied',   'a denial is an error';
    is $@->outcome,                             'rejected',       'that says so';
    is dies(sub { $manager->account->status }), 'UnknownAccount', 'and nothing is stored';
}

{
    my @refused;
    my $end = $manager->login(options(
        on_start => sub {
            my ($login) = @_;
            my $back = Browser->new->decide($login->authorize_url, 'allow');
            for my $wrong ($login->start_url, $login->authorize_url, 'pasted') {
                push @refused, dies(sub { $login->paste($wrong) });
                push @refused, $@->field;
            }
            $login->paste(" <$back>\n");
        }
    ));
    is_deeply \@refused, [('InvalidArgument', 'address') x 3],
        'what is pasted wrongly is said, and waited on';
    is $end->account, 'default', 'a pasted address ends a login as well';
}

{
    my $log_in = sub {
        my ($user, @confirm) = @_;
        $emulator->switches(user => $user);
        my @asked;
        my $end = eval {
            $manager->login(options(
                account  => 'person', scope => ['user_accounts:read'], confirm => scalar @confirm,
                on_start => sub { $_[0]->paste(Browser->new->decide($_[0]->authorize_url, 'allow')) },
                on_event => sub {
                    my ($login, $event) = @_;
                    return if $event->{event} ne 'confirm';
                    push @asked, "$event->{previous_user}{username}, $event->{user}{username}";
                    $login->answer(@confirm);
                }
            ));
        };
        return join q{ }, @asked, $end ? $end->user->{username} : $@->kind;
    };
    is $log_in->('anna', 0), 'anna',                    'where nobody was before nothing is asked';
    is $log_in->('bob', 0),  'anna, bob access_denied', 'another person is asked about, and no is no';
    is $manager->account('person')->status->{user}{username}, 'anna',          'the first one is kept';
    is $log_in->('bob', 1),                                   'anna, bob bob', 'yes replaces';
    is $log_in->('anna'),                                     'anna',          'who does not ask replaces';
    $emulator->reset;
}

# Where it ends before its end.
is dies(sub {
    $manager->login(options(on_start => sub { $_[0]->cancel }));
    }),
    'Cancelled', 'a login is cancelled';
is dies(sub {
    $manager->login(options(on_start => sub { }, timeout => 0.05));
    }),
    'Timeout', 'or nobody comes';
is dies(sub {
    $manager->login(options(on_start => sub { die "own\n" }));
    }),
    "own\n", 'a handler dies with its words';
ok closes(), 'each leaves the port';
{
    my $taken
        = IO::Socket::IP->new(LocalHost => '127.0.0.1', LocalPort => $PORT, Listen => 1, ReuseAddr => 1);
    is dies(sub { $manager->start_login(redirect_uri => $ADDRESS) }), 'InvalidArgument',
        'a port that is taken';
    is $@->field, 'redirect_uri', 'is named';
    like "$@", qr/\(pid $$\).* at \Q$0\E line /, 'with its holder, at the line of the caller';
}
for my $case (
    [[redirect_uri => 'https://shop.example/'], 'redirect_uri'],
    [[account      => q{}],                     'account'],
    [[timeout      => 0],                       'timeout'],
    [[extra        => { state => 'own' }],      'extra.state'],
    [[colour       => 'red'],                   'colour'],
    [[on_event     => 'print'],                 'on_event'],
    [['account'], 'parameters'],
) {
    is dies(sub { $manager->login(browser => 0, @{ $case->[0] }) }), 'InvalidArgument',
        "$case->[1] is refused";
    is $@->field, $case->[1], 'by name';
}

# Who shows the start of a login answers its question as well: nothing is read from a terminal.
{
    $emulator->switches(user => 'anna');
    my $back = sub { $_[0]->paste(Browser->new->decide($_[0]->authorize_url, 'allow')) };
    my @who  = (@BASE, account => 'mixed', scope => 'user_accounts:read', on_start => $back);
    open my $kept, '>&', \*STDERR    or die;
    open STDERR,   '>',  '/dev/null' or die;
    $manager->login(@who);
    $emulator->switches(user => 'bob');
    is dies(sub { $manager->login(@who, confirm => 1) }), 'AccessDenied',
        'a question that nobody answers is a no';
    open STDERR, '>&', $kept or die;
    $emulator->reset;
}

# The handle.
{
    my $login = $manager->start_login(redirect_uri => $ADDRESS, browser => 0, scope => 'pin:read');
    like join(q{}, $login->hints), qr/pins:read/, 'a scope that is perhaps misspelled has a hint';
    is $login->next_event(0),                    undef,             'nothing has happened';
    is dies(sub { $login->next_event('soon') }), 'InvalidArgument', 'seconds are a number';
    is dies(sub { JSON::PP->new->convert_blessed->encode([$login]) }), 'InvalidArgument', 'it is not written';
    my $pid = fork // die;
    if (!$pid) { undef $login; POSIX::_exit(0) }
    waitpid $pid, 0;
    ok is_open(), 'a child that was forked does not end it';
    my $shown = $login->show->authorize_url;
    like $shown,               qr/\bstate=/,             'the address of the page is shown when asked for';
    like $login->instructions, qr/\Q$shown\E/,           'the instructions have it';
    unlike $login->message . Dumper($login), qr/state=/, 'and no dump';
    undef $login;
    ok closes(), 'it ends with its object';
}

# Ctrl-C. What a child said, and how it ended.
sub child {
    my ($work) = @_;
    pipe my $reading, my $writing or die;
    my $pid = fork // die;
    if (!$pid) {
        alarm $SECONDS;
        local $SIG{INT} = 'DEFAULT';
        STDERR->fdopen(fileno $writing, '>');
        eval { $work->(); 1 } or print {*STDERR} "died: $@";
        POSIX::_exit(0);
    }
    close $writing;
    return ($pid, $reading);
}

sub ended {
    my ($pid, $reading) = @_;
    my $said = do { local $/ = undef; readline $reading };
    waitpid $pid, 0;
    return ($? & 127, $said);
}

{
    my ($pid, $reading) = child(sub { $world->manager->login(options()) });
    my $line = readline $reading;
    like $line, qr{\AOpen \Q$ADDRESS\E[\w-]{16} in a browser on this machine\. },
        'what to open is printed';
    unlike $line, qr/state=/, 'to what is no terminal without the state';
    kill INT => $pid;
    my ($signal) = ended($pid, $reading);
    is $signal, POSIX::SIGINT(), 'Ctrl-C ends a login and its program';
}
{
    my ($pid, $reading) = child(sub {
        local $SIG{INT} = sub { die "enough\n" };
        $world->manager->login(options(on_start => sub { print {*STDERR} "started\n" }));
    });
    readline $reading;
    kill INT => $pid;
    my ($signal, $said) = ended($pid, $reading);
    is "$signal $said", "0 died: enough\n", 'a handler that dies ends it with its words';
}
{
    $emulator->clear;
    $emulator->script({ action => 'pinterest', delay_ms => 1500, path => '/v5/oauth/token' });
    my ($pid, $reading) = child(sub {
        my $back = sub { $_[0]->paste(Browser->new->decide($_[0]->authorize_url, 'allow')) };
        $world->manager->login(options(account => 'kept', on_start => $back));
    });
    select undef, undef, undef, 0.02 while !codes();
    kill INT => $pid;
    my ($signal) = ended($pid, $reading);
    is $signal, POSIX::SIGINT(), 'Ctrl-C while the code is exchanged ends the program';
    like $manager->account('kept')->access_token, qr/\Apina_/, 'after its token was stored';
}

# Whether a terminal shows what is typed.
sub shows {
    my ($terminal) = @_;
    my $modes = POSIX::Termios->new;
    $modes->getattr(fileno $terminal) or die;
    return ($modes->getlflag & POSIX::ECHO()) > 0;
}

# At a terminal: what a person sees and types, and by which signal it ended.
sub at_a_terminal {
    my ($type, @more) = @_;
    my $terminal = IO::Pty->new;
    my $pid      = fork // die;
    if (!$pid) {
        alarm $SECONDS;
        $terminal->make_slave_controlling_terminal;
        my $slave = $terminal->slave;
        open STDIN,  '<&', $slave or die;
        open STDERR, '>&', $slave or die;
        my $ended = eval { $world->manager->login(@BASE, @more) };
        print {*STDERR} $ended ? "END\n" : "END " . $@->kind . "\n";
        close STDERR;
        POSIX::_exit(0);
    }
    $terminal->close_slave;
    my $seen = q{};
    while (sysread $terminal, $seen, 4096, length $seen) {
        $type->($terminal, \$seen);
        last if $seen =~ /^END/m;
    }
    waitpid $pid, 0;
    ok shows($terminal), 'the terminal shows what is typed, as before';
    return ($seen, $? & 127);
}

{
    my ($wrong, $back);
    my ($seen) = at_a_terminal(sub {
        my ($terminal, $seen) = @_;
        if (!$wrong && ${$seen} =~ /ssh -L/) {
            $wrong = print {$terminal} "what was pasted\n";
        }
        elsif (!$back && ${$seen} =~ /(http\S+state=\S+).*paste the whole address/s) {
            $back = Browser->new->decide($1, 'allow');
            print {$terminal} $back =~ s/&/&\n/r, "\n";
        }
    });
    my $length = length($back) + 1;
    like $seen,   qr/Copy its address and paste it here, only here /, 'a terminal is told how to paste';
    like $seen,   qr/paste the whole address/,                        'what is wrong with what was typed';
    like $seen,   qr/^received $length characters\r?$/m,              'how much was read';
    unlike $seen, qr/what was pasted|code=/,                          'and nothing of it';
    like $seen,   qr/Logged in \(account default\).*^END\r?$/ms,      'and that it worked';
}
{
    my $signalled;
    my (undef, $signal) = at_a_terminal(sub {
        my ($terminal, $seen) = @_;
        return if $signalled++ || ${$seen} !~ /ssh -L/ && ($signalled = 0, 1)[1];
        ok !shows($terminal), 'meanwhile nothing is shown of what is typed';
        print {$terminal} "\cC";
    });
    is $signal, POSIX::SIGINT(), 'Ctrl-C ends a login at a terminal';
}
for my $case (['y', qr/^END\r?$/m], ['n', qr/^END access_denied\r?$/m]) {
    my ($typed, $ends) = @{$case};
    $emulator->switches(user => 'anna');
    my @who  = (account => "asked $typed", scope => 'user_accounts:read', confirm => 1);
    my $back = sub { $_[0]->paste(Browser->new->decide($_[0]->authorize_url, 'allow')) };
    $manager->login(options(@who, on_start => $back));
    $emulator->switches(user => 'bob');
    my ($pasted, $answered);
    my ($seen) = at_a_terminal(
        sub {
            my ($terminal, $seen) = @_;
            if (!$pasted && ${$seen} =~ /(http\S+state=\S+)\r?\n.*ssh -L/s) {
                $pasted = print {$terminal} Browser->new->decide($1, 'allow'), "\n";
            }
            elsif (!$answered && ${$seen} =~ /\[y\/N\]/) {
                $answered = print {$terminal} "$typed\n";
            }
        },
        @who
    );
    like $seen, $ends, "another person is asked about at a terminal, where $typed ends it";
}

done_testing;
