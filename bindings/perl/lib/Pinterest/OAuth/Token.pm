package Pinterest::OAuth::Token;

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth::Document;
use Pinterest::OAuth::Error;
use Pinterest::OAuth::Library;

our $VERSION = '0.1.0';

my @KNOWN = qw(access_token token_type expires_in expires_at refresh_token refresh_token_expires_in
    refresh_token_expires_at scope response_type obtained_at);

{
    no strict 'refs';    ## no critic (ProhibitNoStrict) one accessor for each name
    for my $name (@KNOWN) {
        *{$name} = sub { my ($self) = @_; return $self->_document->{$name} };
    }
}

sub refresh_token_rotated { my ($self) = @_; return !!$self->_document->{refresh_token_rotated} }

sub scopes { my ($self) = @_; return @{ $self->_document->{scopes} } }

sub extra {
    my ($self) = @_;
    my $extra = $self->to_hash;
    delete @{$extra}{ @KNOWN, qw(refresh_token_rotated scopes) };
    return $extra;
}

sub to_json { my ($self) = @_; return Pinterest::OAuth::Document::ascii($self->{json}->()) }
sub to_hash { my ($self) = @_; return Pinterest::OAuth::Document::decode($self->{json}->()) }

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

sub _document {
    my ($self) = @_;
    if (!$self->{document}) {
        my $document = $self->to_hash;
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

    my $authorization = 'Bearer ' . $token->access_token;

    store($token->to_json);
    $token = Pinterest::OAuth::Token->from_json(load());

=head1 DESCRIPTION

What L<Pinterest::OAuth/oauth_token> returns. Its methods give the secrets out; L<Data::Dumper> and its like
show C<[redacted]>, and L<Storable> and JSON modules refuse it.

=head1 METHODS

All times are in seconds. What Pinterest did not say is C<undef>.

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

A hash reference with what the answer held besides.

=head2 to_json

The token as JSON text, secrets included: the way to store it. The text is ASCII, so that files and
databases keep it as it is, and it holds everything that Pinterest sent.

=head2 to_hash

The same as a new hash reference.

=head2 from_json

    my $token = Pinterest::OAuth::Token->from_json($text);

Reads what C<to_json> wrote, or an answer of Pinterest. Dies with a
L<Pinterest::OAuth::Error::InvalidArgument|Pinterest::OAuth::Error> when it is no JSON object, or has no
C<access_token>.

=cut
