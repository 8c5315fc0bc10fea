# A token manager in a program with threads: one refresh for all; and at its end what was sent is stored, while children
# that end wait for nothing.

use 5.026;
use strict;
use warnings;
use Config;
use FindBin;
use lib "$FindBin::Bin/lib";
use Test::More;
use World;

plan skip_all => 'this perl has no ithreads' if !$Config{useithreads};

# A program with a thread that refreshes: once the emulator has the request, it goes on with what is given.
sub ended {
    my ($world, $fault, $rest, $days) = @_;
    my $account = $world->account('shop-42');
    $world->pass($days // 25);
    $world->emulator->clear;
    $world->emulator->script($fault);
    local @ENV{qw(STORE CLOCK CONTROL)}
        = ("$world->{folder}/tokens", $world->emulator->clock_file, $world->emulator->control_url);
    my %environment = $world->emulator->environment;
    local @ENV{ keys %environment } = values %environment;
    my $program = <<'HEAD' . $rest;
use strict; use warnings; no warnings 'threads';
use threads; use HTTP::Tiny; use Pinterest::OAuth::TokenManager;
my @settings = (store => $ENV{STORE}, clock_offset_file => $ENV{CLOCK});
my $manager = Pinterest::OAuth::TokenManager->new(@settings);
threads->create(sub { Pinterest::OAuth::TokenManager->new(@settings)->account('shop-42')->access_token })->detach;
my $end = time + 30;
while (time < $end) {
    last if HTTP::Tiny->new->get("$ENV{CONTROL}/requests")->{content} =~ /refresh_token/;
    select undef, undef, undef, 0.02;
}
HEAD
    system $^X, (map { "-I$_" } grep { !ref } @INC), '-e', $program;
    return $? >> 8;
}

{
    my $world = World->new;
    my $rest  = <<'PERL';
my @more = map { threads->create(sub { Pinterest::OAuth::TokenManager->new(@settings)->account('shop-42')->token->refresh_token }) } 1 .. 4;
my %said = map { $_->join => 1 } @more;
exit(keys %said == 1 ? 6 : 7);
PERL
    is ended($world, { action => 'pinterest', delay_ms => 300 }, $rest, 31), 6,
        'threads that ask at once get one token';
    is $world->refreshes, 1, 'by one refresh';
}

my $slow = { action => 'pinterest', delay_ms => 1_000 };
{
    my $world = World->new;
    is ended($world, $slow, 'exit 3'), 3, 'a program that ends during a refresh ends with its own code';
    is $world->manager->account('shop-42')->status->{generation}, 2, 'the token is stored';
}
{
    my $world = World->new;
    is ended($world, $slow, 'open STDERR, q{>}, q{/dev/null}; $! = 5; die'), 5, 'one that dies ends so, too';
    is $world->manager->account('shop-42')->status->{generation},            2, 'the token is stored';
}
{
    my $world = World->new;
    my $rest  = 'my $pid = fork // die; if (!$pid) { alarm 15; exit 4 } waitpid $pid, 0; '
        . 'require POSIX; POSIX::_exit($? & 127 ? 99 : $? >> 8)';
    is ended($world, { action => 'hang' }, $rest), 4,
        'a child that was forked meanwhile ends without waiting';
}

done_testing;
