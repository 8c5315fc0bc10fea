# The examples of README.md and examples/perl, run.

use 5.026;
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Emulator;
use HTTP::Tiny;
use IPC::Open2 'open2';
use Test::More;

my $emulator = Emulator->start('--no-tls');
local @ENV{qw(PINTEREST_API_URI PINTEREST_OAUTH_URI PINTEREST_APP_ID PINTEREST_APP_SECRET)}
    = @{$emulator}{qw(base_url oauth_url app_id app_secret)};

# Gives access on the consent page; the address at which the browser ends up.
sub send_the_user_to {
    my ($url) = @_;
    my ($page, $query) = $url =~ /\A([^?]+)[?](.*)\z/;
    my $answer = HTTP::Tiny->new(max_redirect => 0)->post(
        $page,
        {
            content => "$query&decision=allow",
            headers => { 'content-type' => 'application/x-www-form-urlencoded' }
        }
    );
    return $answer->{headers}{location};
}

my @stored;
sub store        { return push @stored, @_ }
sub load         { return $stored[-1] }
sub log_in_again { die "not needed\n" }

open my $in, '<', "$FindBin::Bin/../README.md" or die "README.md: $!\n";
my $readme = do { local $/ = undef; readline $in };
close $in;
my @blocks = $readme =~ /^```perl\n(.*?)^```/msg;
is @blocks, 3, 'the README has three examples';
for my $number (0 .. $#blocks) {
    eval "{ $blocks[$number] } 1";
    is $@, q{}, 'example ' . ($number + 1) . ' of the README works';
}
is @stored,      2,          'its tokens were stored';
isnt $stored[0], $stored[1], 'and the second one is another';

is_deeply [$readme =~ /^## (.*)$/mg], [qw(Installation Usage Development Testing)],
    'the README has its four sections';

my $example = "$FindBin::Bin/../../../examples/perl/token.pl";
my $pid     = open2(my $out, my $typed, $^X, (map { "-I$_" } grep { !ref } @INC), $example);
readline $out;
chomp(my $url = readline $out);
print {$typed} send_the_user_to($url), "\n";
close $typed;
my @said = readline $out;
waitpid $pid, 0;
is $?, 0, 'examples/perl ends well';
like "@said", qr/^code: access token [0-9a-f]{12}, .*refresh: access token .*The refresh token has rotated/s,
    'and shows what it did';

done_testing;
