# Programs that were started without standard input, output or error: no connection takes their place, because Perl
# keeps there the files that it reads first.

use 5.026;
use strict;
use warnings;
use File::Temp 'tempdir';
use POSIX ();
use Test::More;
use Pinterest::OAuth::Emulator;

my $folder   = tempdir(CLEANUP => 1);
my $emulator = Pinterest::OAuth::Emulator->start(tls => 0);
local @ENV{ map { "HERE_$_" } qw(URL SECRET) } = ($emulator->base_url, $emulator->app_secret);

# It writes to all that it has, between two calls over one connection.
open my $program, '>', "$folder/program.pl" or die "no file: $!\n";
print {$program} <<'PERL';
use strict;
use warnings;
no warnings qw(io unopened);
use Pinterest::OAuth;
use POSIX ();
$| = 1;
my $client = Pinterest::OAuth->new(
    app_id => 1234567, app_secret => $ENV{HERE_SECRET}, base_url => $ENV{HERE_URL}, trust_env => 0, timeout => 20);
my @said = map {
    my $token = eval { $client->oauth_token(grant_type => 'client_credentials', scope => 'ads:read') };
    print STDOUT 'output ', $token ? $token->access_token : q{}, "\n";
    print STDERR "errors\n";
    warn "a warning\n";
    my $typed = readline STDIN;
    $token ? $token->scope : "$@";
} 1 .. 3;
open my $out, '>', $ARGV[0] or die;
print {$out} join "\n", @said, grep { /anon_inode|socket/ } map { readlink("/proc/self/fd/$_") // q{} } 0 .. 2;
close $out or die;
POSIX::_exit(0);    # without Perl's own complaint of an output that cannot be written
PERL
close $program or die "no file: $!\n";

for my $case (
    map {
        my $closed = $_;
        map { [$_, $closed] } 'file', 'text'
    } [0],
    [1],
    [2],
    [0, 1],
    [1, 2],
    [0, 1, 2]
) {
    my ($given, $closed) = @{$case};
    my @program = $given eq 'file' ? "$folder/program.pl" : ('-e', 'do shift or die', "$folder/program.pl");
    $emulator->clear;
    my $pid = fork // die "no child: $!\n";

    if (!$pid) {
        alarm 60;
        open STDIN,  '<', '/dev/null'      or die;
        open STDOUT, '>', "$folder/stdout" or die;
        open STDERR, '>', "$folder/stderr" or die;
        POSIX::close($_) for @{$closed};
        exec $^X, (map { "-I$_" } grep { !ref } @INC), @program, "$folder/result";
    }
    waitpid $pid, 0;
    my $without = join(', ', @{$closed}) . " closed, a program as a $given:";
    is $?, 0, "$without it runs to its end";
    open my $in, '<', "$folder/result" or die "no result: $!\n";
    is join(q{}, <$in>), join("\n", ('ads:read') x 3),
        "$without its calls work, and no descriptor of theirs is one of 0 to 2";
    unlink "$folder/result";
    my $record = $emulator->record;
    is_deeply [map { $_->{path} } @{ $record->{requests} }], [('/v5/oauth/token') x 3],
        "$without the server gets its calls and nothing else";
    is $record->{partial}, 0, "$without nor half a request";
}

done_testing;
