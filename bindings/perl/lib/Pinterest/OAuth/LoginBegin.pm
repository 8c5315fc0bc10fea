package Pinterest::OAuth::LoginBegin;

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth::Document;
use Pinterest::OAuth::Error;

our $VERSION = '0.100';

# The address carries the state: the document is in a closure, which no dump and no serialiser opens.
sub _new {
    my ($class, $json) = splice @_;
    my $document = Pinterest::OAuth::Document::decode($json);
    return bless { url => '[redacted]', document => sub { $document } }, $class;
}

sub url         { my ($self) = @_; return $self->{document}->()->{url} }
sub set_cookies { my ($self) = @_; return @{ $self->{document}->()->{set_cookies} } }

sub psgi {
    my ($self) = @_;
    my @cookies = map { ('Set-Cookie' => $_) } $self->set_cookies;
    return [303, [Location => $self->url, 'Cache-Control' => 'no-store', @cookies], []];
}

# What serialisers ask of an object.
sub TO_JSON {
    return Pinterest::OAuth::Error->_refuse('login', 'cannot be written: answer the visitor with it');
}
{
    no strict 'refs';    ## no critic (ProhibitNoStrict) one name for each serialiser
    *{$_} = \&TO_JSON for qw(TO_CBOR FREEZE STORABLE_freeze);
}

1;

__END__

=encoding utf8

=head1 NAME

Pinterest::OAuth::LoginBegin - where to send a visitor who logs in

=head1 SYNOPSIS

    return $manager->begin_login(env => $env, redirect_uri => 'https://shop.example/callback')->psgi;

=head1 DESCRIPTION

What L<Pinterest::OAuth::TokenManager/begin_login> returns. Dumps show C<[redacted]>.

=head1 METHODS

=head2 url

The address to send the browser to, with status 303; it carries the state.

=head2 set_cookies

The values of the answer's C<Set-Cookie> headers, as a list: one header for each.

=head2 psgi

The answer for PSGI: 303 with both.

=head2 TO_JSON, TO_CBOR, FREEZE, STORABLE_freeze

What serialisers ask an object for. They die with a L<Pinterest::OAuth::Error>.

=cut
