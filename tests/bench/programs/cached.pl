# A cached access token, a look into a hash, and the call of a function: nanoseconds each.
use strict;
use warnings;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);
use Pinterest::OAuth::TokenManager;

my $count   = shift;
my $account = Pinterest::OAuth::TokenManager->new->account('bench');
my %known   = (bench => 'pina');

sub each_of {
    my ($what) = @_;
    my $begin = clock_gettime(CLOCK_MONOTONIC);
    $what->() for 1 .. $count;
    return (clock_gettime(CLOCK_MONOTONIC) - $begin) / $count * 1e9;
}
$account->access_token;
my $cached     = each_of(sub { $account->access_token });
my $dictionary = each_of(sub { $known{bench} });
my $call       = each_of(sub { 'pina' });
printf qq({"cached": %.1f, "dictionary": %.1f, "call": %.1f}\n), $cached, $dictionary, $call;
