package Pinterest::OAuth::Signals;

# A refresh or a login that was sent is stored before Ctrl-C ends the program. A second Ctrl-C ends it at once.

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth::Library;

our $VERSION = '0.100';

# Those that end a program, where nobody handles them.
my @NAMES = qw(HUP INT TERM);

# Calls a function of the library as Pinterest::OAuth::Library::keep does; a signal that would have ended the program
# meanwhile ends it then.
sub keep {
    my $came = held(splice @_);
    kill $came, $$ if $came;
    return;
}

# The same; returns the name of the signal, by which the program still is to be ended.
sub held {
    my ($place, @call) = splice @_;
    my $came;
    my @before = hold(\$came);
    Pinterest::OAuth::Library::keep($place, @call);
    release(@before);
    return $came;
}

# Takes the signals that have no handler; how each was before. The kernel puts back what was there with the first one.
sub hold {
    my ($came) = @_;
    return if $INC{'threads.pm'};    # another thread knows nothing of this one's handlers
    my @free   = grep { ($SIG{$_} // q{}) =~ /\A(?:DEFAULT)?\z/ } @NAMES or return;
    my $caught = _caught() // return;
    require POSIX;
    my @before;
    for my $name (@free) {
        my $number = POSIX->can("SIG$name")->();
        next if $caught >> ($number - 1) & 1;
        my $action
            = POSIX::SigAction->new(sub { ${$came} = $name }, POSIX::SigSet->new, POSIX::SA_RESETHAND());
        $action->safe(1);
        my $old = POSIX::SigAction->new('DEFAULT');
        push @before, [$number, $old] if POSIX::sigaction($number, $action, $old);
    }
    return @before;
}

sub release {
    my @before = @_;
    POSIX::sigaction(@{$_}) for @before;
    return;
}

# The signals up to 32 that somebody handles, bit by bit: also what is not in %SIG, as the handlers of Apache.
sub _caught {
    open my $in, '<', '/proc/self/status' or return;
    my ($digits) = map { /\ASigCgt:\s*[0-9a-f]*([0-9a-f]{8})\s*\z/ } <$in>;
    close $in or return;
    return defined $digits ? hex $digits : undef;
}

1;
