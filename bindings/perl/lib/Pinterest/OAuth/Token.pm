package Pinterest::OAuth::Token;

use 5.026;
use strict;
use warnings;
use Scalar::Util 'looks_like_number';
use Pinterest::OAuth::Document;
use Pinterest::OAuth::Error;
use Pinterest::OAuth::Library;

our $VERSION = '0.100';

my @FIELDS = qw(access_token token_type expires_in expires_at refresh_token refresh_token_expires_in
    refresh_token_expires_at scope response_type obtained_at);

{
    no strict 'refs';    ## no critic (ProhibitNoStrict) one accessor for each name
    for my $name (@FIELDS) {
        *{$name} = sub { my ($self) = @_; return $self->_document->{$name} };
    }
}

sub refresh_token_rotated { my ($self) = @_; return !!$self->_document->{refresh_token_rotated} }
sub scopes                { my ($self) = @_; return @{ $self->_document->{scopes} } }

# What is handed out as a reference is the caller's own.
sub extra  { my ($self) = @_; return Pinterest::OAuth::Document::decode($self->_json)->{extra} // {} }
sub answer { my ($self) = @_; return Pinterest::OAuth::Document::decode($self->_json)->{answer} }

sub is_expired { my ($self) = @_; return $self->expires_within(0) }

sub expires_within {
    my ($self, $seconds) = @_;
    if (!looks_like_number($seconds) || !($seconds >= 0)) {
        Pinterest::OAuth::Error->_refuse('seconds', 'must be a number, and not negative');
    }
    my $end = $self->expires_at;
    return defined $end ? time() + $seconds >= $end : $end;
}

# What is stored is what the library writes: without how the call went.
sub to_json {
    my ($self) = @_;
    return Pinterest::OAuth::Document::ascii(Pinterest::OAuth::Library::ask(token_read => $self->_json));
}

sub to_hash { my ($self) = @_; return Pinterest::OAuth::Document::decode($self->to_json) }

# What serialisers ask of an object. Without these some write null, and lose the token.
sub TO_JSON {
    return Pinterest::OAuth::Error->_refuse(
        'token',
        'is written by its to_json alone: not by JSON modules, Storable and the like'
    );
}
{
    no strict 'refs';    ## no critic (ProhibitNoStrict) one name for each serialiser
    *{$_} = \&TO_JSON for qw(TO_CBOR FREEZE STORABLE_freeze);
}

sub from_json {
    my ($class, $json) = splice @_;
    if (defined $json) {
        Pinterest::OAuth::Error->_refuse('token', 'must not contain NUL') if $json =~ /\0/;
        utf8::encode($json);
    }
    return $class->_new(Pinterest::OAuth::Library::ask(token_read => $json));
}

# The text is in a closure, which no dump and no serialiser opens, and is read when it is asked for.
sub _new {
    my ($class, $json) = splice @_;
    return bless { access_token => '[redacted]', json => sub { $json } }, $class;
}

# The document as the library gave it, which every request takes as it is.
sub _json { my ($self) = @_; return $self->{json}->() }

sub _document {
    my ($self) = @_;
    if (!$self->{document}) {
        my $document = Pinterest::OAuth::Document::decode($self->_json);
        $self->{document} = sub { $document };
    }
    return $self->{document}->();
}

1;

__END__

=encoding utf8

=head1 NAME

Pinterest::OAuth::Token - a token as Pinterest gave it

=head1 SYNOPSIS

    $token = $client->refresh($token) if $token->expires_within(300);
    my $authorization = 'Bearer ' . $token->access_token;

    store($token->to_json);
    $token = Pinterest::OAuth::Token->from_json(load());

=head1 DESCRIPTION

What L<Pinterest::OAuth/oauth_token> returns. Its methods give the secrets out; L<Data::Dumper> and its like
show C<[redacted]>, and L<Storable>, L<Mojo::JSON> and other JSON modules refuse it: L</to_json> writes it. A JSON module
that is told to ask no object (C<allow_blessed> without C<convert_blessed>) writes C<null>.

=head1 METHODS

Times are in seconds. What Pinterest did not say is C<undef>.

=head2 access_token

The access token: a secret.

=head2 token_type

C<bearer>, unless Pinterest says otherwise.

=head2 expires_in

The lifetime of the access token, from C<obtained_at>.

=head2 expires_at

The Unix time at which the access token expires.

=head2 refresh_token

The refresh token to use next: a secret. It is the one that was sent where the answer held none.

=head2 refresh_token_expires_in

The lifetime of the refresh token.

=head2 refresh_token_expires_at

The Unix time at which the refresh token expires.

=head2 refresh_token_rotated

Whether the answer brought a refresh token, which replaces the one you had.

=head2 scope

The scopes as text, as Pinterest sent them.

=head2 scopes

The scopes as a list, each once. Pinterest may grant more than was asked for.

=head2 response_type

Pinterest's C<response_type>, whatever its value.

=head2 obtained_at

The Unix time at which the answer arrived.

=head2 extra

A new hash reference with what Pinterest sent besides.

=head2 is_expired

Whether the access token has expired, by Perl's C<time>. C<undef> where Pinterest did not say when it expires.

=head2 expires_within

    $token = $client->refresh($token) if $token->expires_within(300);

Whether the access token expires within so many seconds from now, or has expired. C<undef> where Pinterest did
not say when it expires. Dies with a L<Pinterest::OAuth::Error> when the number is none, or negative.

=head2 answer

    my $id = $token->answer->{request_id};

What the call told besides the token, as a new hash reference. It is not stored: a token of L</from_json> has
C<undef>.

=over

=item method, path

What was requested: C<POST>, and the path of the address.

=item status

The HTTP status. C<undef> where no answer came, which errors alone have.

=item request_id

Pinterest's request id, for which its support asks.

=item rate_limit

A hash reference with C<limit>, C<remaining>, C<reset> (seconds) and C<policies>.

=item milliseconds

How long the call took, in milliseconds.

=item attempts

How often it was tried: 2 where the first connection could not be made.

=back

=head2 to_json

The token as JSON text, secrets included: the way to store it. The text is ASCII, so that files and
databases keep it as it is. It holds everything that Pinterest sent, and not C<answer>.

=head2 to_hash

The same as a new hash reference.

=head2 from_json

    my $token = Pinterest::OAuth::Token->from_json($text);

Reads what C<to_json> wrote, or an answer of Pinterest. Dies with a
L<Pinterest::OAuth::Error::InvalidArgument|Pinterest::OAuth::Error> when it is no JSON object, or has no
C<access_token>.

=head2 TO_JSON, TO_CBOR, FREEZE, STORABLE_freeze

What serialisers ask an object for. They die with a L<Pinterest::OAuth::Error>.

=cut
