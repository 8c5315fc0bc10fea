# Processes that fork: every answer belongs to its asker, nobody hangs, the parent goes on.

use 5.026;
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Asking qw(ask child succeeded askers_by_connection);
use Parallel::ForkManager;
use Test::More;
use Pinterest::OAuth;
use Pinterest::OAuth::Emulator;

my $CHILDREN = 4;
my $emulator = Pinterest::OAuth::Emulator->start;

# Children that begin together, and the parent with them.
sub all_at_once {
    my ($own, @works) = @_;
    pipe my $waiting, my $start or die "no pipe: $!\n";
    my @children = map {
        my $work = $_;
        child(sub { close $start; sysread $waiting, my $nothing, 1; $work->() })
    } @works;
    close $start;
    my $good = $own->();
    return succeeded(@children) && $good;
}

sub shared {
    my $askers = askers_by_connection($emulator);
    return scalar grep { keys %{$_} > 1 } values %{$askers};
}

for my $https (0, 1) {
    my $scheme   = $https ? 'https' : 'http';
    my @settings = $emulator->settings(https => $https);

    $emulator->clear;
    my $client = Pinterest::OAuth->new(@settings);
    ask($client, 100, 3);
    my @works = map {
        my $asker = $_;
        sub { ask($client, $asker, 20) }
    } 1 .. $CHILDREN;
    ok all_at_once(sub { ask($client, 100, 20) }, @works),
        "$scheme: a client used before the fork serves parent and children at once";
    ok ask($client, 100, 3), "$scheme: the parent goes on";
    is shared(),            0,                   "$scheme: no connection is used by two processes";
    is $emulator->requests, 26 + 20 * $CHILDREN, "$scheme: every request arrived once";

    my $unused = Pinterest::OAuth->new(@settings);
    @works = map {
        my $asker = $_;
        sub { ask($unused, $asker, 5) }
    } 1 .. $CHILDREN;
    ok all_at_once(sub { ask($unused, 100, 5) }, @works), "$scheme: so does one that was not used before";

    my $family;
    $family = sub {
        my ($depth) = @_;
        ask($client, $depth, 3);
        if ($depth > 1) {
            my $child = child(sub { $family->($depth - 1) });
            ask($client, $depth, 3);
            succeeded($child) or die "the child of $depth failed\n";
        }
        return ask($client, $depth, 3);
    };
    ok $family->(4), "$scheme: children have children";

    my $ended = child(sub { ask($client, 7, 2); undef $client; ask(Pinterest::OAuth->new(@settings), 7, 2) });
    ok succeeded($ended),    "$scheme: a child may end its client and make another";
    ok ask($client, 100, 3), "$scheme: which leaves the parent's as it was";

    my $manager = Parallel::ForkManager->new(3);
    my %answers;
    $manager->run_on_finish(sub {
        my ($pid, $code, $asker, undef, undef, $said) = @_;
        $answers{$asker} = $code == 0 && $said->[0];
    });
    for my $asker (1 .. 9) {
        $manager->start($asker) and next;
        Test::More->builder->no_ending(1);
        my $good = eval { ask($client, $asker, 5) };
        $manager->finish($good ? 0 : 1, [$good ? $asker : "$@"]);
    }
    $manager->wait_all_children;
    is_deeply \%answers, { map { $_ => $_ } 1 .. 9 },
        "$scheme: Parallel::ForkManager's children each get their own";
    ok ask($client, 100, 3), "$scheme: and the parent goes on";
}

done_testing;
