package Pinterest::OAuth::Handle;

# What an object and the library's own object have with each other: a class says its name and how one is freed.

use 5.026;
use strict;
use warnings;
use Scalar::Util 'refaddr';
use Pinterest::OAuth::Error;

our $VERSION = '0.100';

# The handles of this thread by the address of their object. What a thread or a serialiser copied is not among them.
our %HANDLE;

sub _keep {
    my ($self, $handle) = @_;
    $HANDLE{ refaddr $self } = $handle;
    return $self;
}

sub _handle {
    my ($self) = @_;
    return $HANDLE{ refaddr($self) // 0 } // Pinterest::OAuth::Error->_refuse(
        $self->_what,
        'was made in another thread, or copied: make one with ' . $self->_maker
    );
}

# What serialisers ask of an object: what they write could not be used.
sub TO_JSON {
    my ($self) = @_;
    return Pinterest::OAuth::Error->_refuse(
        $self->_what,
        'cannot be written or copied: make one with ' . $self->_maker
    );
}
{
    no strict 'refs';    ## no critic (ProhibitNoStrict) one name for each serialiser
    *{$_} = \&TO_JSON for qw(TO_CBOR FREEZE STORABLE_freeze);
}

sub CLONE { return %HANDLE = () }

sub DESTROY {
    my ($self) = @_;
    return if ${^GLOBAL_PHASE} eq 'DESTRUCT';
    my $handle = delete $HANDLE{ refaddr $self } or return;
    local $! = 0;
    return $self->_free($handle);
}

1;
