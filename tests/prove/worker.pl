# The same as worker.c in Perl, one caller after the other: `worker.pl CALLERS < lines`.
use 5.026;
use warnings;
use JSON::PP ();
use Pinterest::OAuth::TokenManager;

my $callers = shift;
STDOUT->autoflush;
my $settings = JSON::PP->new->decode(scalar readline);
my $account  = Pinterest::OAuth::TokenManager->new(%{$settings})->account('shop');
say 'ready';

# One line: the kind's number, a space, the token or the error.
sub ask {
    my $token = eval { $account->access_token };
    return defined $token ? "0 $token" : '1 ' . (ref $@ ? $@->kind . ': ' . $@->message : $@);
}

while (readline) {
    say ask() for 1 .. $callers;
    say q{.};
}
