# Signals during a call: what the help says about them.

use 5.026;
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Emulator;
use POSIX ();
use Test::More;
use Pinterest::OAuth;

my $emulator = Emulator->start('--no-tls');

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
    select undef, undef, undef, 0.02 while !@{ $emulator->record->{requests} } && time < $end;
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

done_testing;
