package Pinterest::OAuth::Terminal;

# What a person at a terminal is told during a login, and what the person types or pastes.

use 5.026;
use strict;
use warnings;
use POSIX ();
use Pinterest::OAuth::Signals;

our $VERSION = '0.100';

my $MOST = 8192;    # bytes of a pasted address

# `listens` says whether what is typed is the login's.
sub new {
    my ($class, $listens) = @_;
    return bless { listens => $listens, typed => q{}, pasted => 0, asked => 0, process => $$ }, $class;
}

sub started {
    my ($self, $login) = @_;
    _say($login->message);
    $self->_other_way($login) if !$login->opened;
    return;
}

sub happened {
    my ($self, $login, $event) = @_;
    _say($event->{message});
    $self->_other_way($login) if $event->{event} eq 'not_opened';
    $self->_ask($login) if $event->{event} eq 'confirm';
    return;
}

# Gives the login what was typed, once a line is complete and nothing more comes: an address may have line breaks in it.
# Nothing is waited for.
sub listen_to {
    my ($self, $login) = @_;
    return if !$self->{pasted} && !$self->{asked} || !_is_there();
    my $ready = q{};
    vec($ready, fileno(STDIN), 1) = 1;
    if (select($ready, undef, undef, 0) > 0) {
        my $more = sysread STDIN, $self->{typed}, $MOST, length $self->{typed};
        @{$self}{qw(pasted asked)} = (0, 0) if !$more;    # the terminal is gone
        $self->{typed} = q{} if length $self->{typed} > $MOST;
        return;
    }
    if ($self->{typed} =~ /[\r\n]/) {
        my $typed = $self->{typed};
        $self->{typed} = q{};
        $self->_take($login, $typed);
    }
    return;
}

sub _take {
    my ($self, $login, $typed) = splice @_;
    $typed =~ s/\A\s+|\s+\z//g;
    if ($self->{asked}) {
        $self->{asked} = 0;
        $login->answer($typed =~ /\Ay(?:es)?\z/i);
        return;
    }
    return if $typed eq q{};
    local $@ = undef;
    my $pasted = eval { $login->paste($typed); 1 };
    _say($pasted ? 'received ' . length($typed) . ' characters' : ref $@ ? $@->message : "$@");
    return;
}

# The way for other machines carries the state: it is shown to a terminal alone, never to a log.
sub _other_way {
    my ($self, $login) = @_;
    return if !$self->{listens} || !_is_there() || !POSIX::isatty(fileno STDERR);
    $self->{pasted} = 1;
    $self->_hide;
    _say($login->show->instructions);
    return;
}

sub _ask {
    my ($self, $login) = @_;
    if (!$self->{listens} || !_is_there()) {
        $login->answer(0);
        return;
    }
    $self->restore;
    $self->{asked} = 1;
    print {*STDERR} '[y/N] ';
    return;
}

# Shows nothing of what is typed, which holds the code, and takes it as it comes: of a long line the system keeps a part.
sub _hide {
    my ($self) = @_;
    my $modes = POSIX::Termios->new;
    return if defined $self->{modes} || !$modes->getattr(fileno STDIN);
    $self->{modes} = $modes->getlflag;
    $self->{held}  = [Pinterest::OAuth::Signals::hold(\$self->{signal})];
    _local_modes($self->{modes} & ~(POSIX::ECHO() | POSIX::ECHONL() | POSIX::ICANON()));
    return;
}

# Puts back how the terminal was. What was typed and not read is dropped: a shell would run it.
sub restore {
    my ($self) = @_;
    my $modes = delete $self->{modes} // return;
    _local_modes($modes) if $self->{process} == $$ && _is_there();
    Pinterest::OAuth::Signals::release(@{ delete $self->{held} });
    return;
}

# The signal that came while nothing was shown: the program is still to be ended by it.
sub signal { my ($self) = @_; return $self->{signal} }

sub DESTROY {
    my ($self) = @_;
    local $! = 0;
    return $self->restore;
}

sub _local_modes {
    my ($flags) = @_;
    my $modes = POSIX::Termios->new;
    if ($modes->getattr(fileno STDIN)) {
        $modes->setlflag($flags);
        $modes->setattr(fileno STDIN, POSIX::TCSAFLUSH());
    }
    return;
}

# Whether somebody types for this program: who reads in the background is stopped.
sub _is_there { return POSIX::isatty(fileno STDIN) && POSIX::tcgetpgrp(fileno STDIN) == getpgrp }

sub _say {
    my ($text) = @_;
    print {*STDERR} "$text\n";
    return;
}

1;
