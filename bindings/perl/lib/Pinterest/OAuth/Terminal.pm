package Pinterest::OAuth::Terminal;

# What a person at a terminal is told during a login, and what the person types or pastes.

use 5.026;
use strict;
use warnings;
use POSIX ();

our $VERSION = '0.100';

my $MOST = 8192;    # bytes of a pasted address

# `listens` says whether what is typed is the login's.
sub new {
    my ($class, $listens) = @_;
    return bless { listens => $listens, typed => q{}, pasted => 0, asked => 0 }, $class;
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

# Gives the login what was typed. Nothing is waited for.
sub listen_to {
    my ($self, $login) = @_;
    return if !$self->{pasted} && !$self->{asked} || !_is_there();
    my $ready = q{};
    vec($ready, fileno(STDIN), 1) = 1;
    return if select($ready, undef, undef, 0) <= 0;
    if (!sysread STDIN, $self->{typed}, $MOST, length $self->{typed}) {
        @{$self}{qw(pasted asked)} = (0, 0);    # the terminal is gone
        return;
    }
    while ($self->{typed} =~ s/\A([^\r\n]*)[\r\n]+//) {
        $self->_line($login, $1);
    }
    $self->{typed} = q{} if length $self->{typed} > $MOST;
    return;
}

sub _line {
    my ($self, $login, $line) = splice @_;
    if ($self->{asked}) {
        $self->{asked} = 0;
        $login->answer($line =~ /\A\s*y(?:es)?\s*\z/i);
        return;
    }
    return if $line !~ /\S/;
    local $@ = undef;
    return if eval { $login->paste($line); 1 };
    _say(ref $@ ? $@->message : "$@");
    return;
}

# The way for other machines carries the state: it is shown to a terminal alone, never to a log.
sub _other_way {
    my ($self, $login) = @_;
    return if !$self->{listens} || !_is_there() || !POSIX::isatty(fileno STDERR);
    $self->{pasted} = 1;
    _say($login->show->instructions);
    return;
}

sub _ask {
    my ($self, $login) = @_;
    if (!$self->{listens} || !_is_there()) {
        $login->answer(0);
        return;
    }
    $self->{asked} = 1;
    print {*STDERR} '[y/N] ';
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
