package Pinterest::OAuth::Error;

use 5.026;
use strict;
use warnings;
use overload
    q{""}    => sub { my ($self) = @_; return "$self->{text} at $self->{file} line $self->{line}.\n" },
    bool     => sub { 1 },
    fallback => 1;
use Pinterest::OAuth::Document;

our $VERSION = '0.100';

# The kinds of the library. Each has its class: invalid_grant is Pinterest::OAuth::Error::InvalidGrant.
my @KINDS = qw(internal invalid_argument invalid_config connect tls proxy timeout invalid_grant invalid_client
    forbidden insufficient_scope rate_limited server_error api_error invalid_response access_denied
    state_mismatch invalid_token cancelled reauthorization_required unknown_account store_unavailable store_busy
    not_saved);
my %CLASS  = map { $_ => _class($_) } @KINDS;
my @FIELDS = qw(kind message what_now text outcome field http_status code pinterest_message
    request_id retry_after rate_limit headers body extra answer);
my %FIELD   = map { $_ => 1 } @FIELDS;
my %NOTHING = ((map { $_ => undef } @FIELDS), headers => []);

# The packages of this distribution, and those that call it on a program's behalf: an error happened where they were
# called. Others may have a name that begins so.
my %PASSED = map { $_ => 1 } (
    (
        map { "Pinterest::OAuth$_" } q{},
        qw(::Account ::Agent ::Document ::Error ::Handle ::Library ::Login ::Signals ::Terminal ::Token ::TokenManager)
    ),
    (map { "WWW::OpenAPIClient::$_" } qw(ApiFactory OauthApi)),
    qw(JSON::PP LWP::UserAgent Mojo::JSON Storable),
);

{
    no strict 'refs';    ## no critic (ProhibitNoStrict) classes and accessors from the lists above
    @{"${_}::ISA"} = (__PACKAGE__) for values %CLASS;
    for my $field (@FIELDS, qw(file line token)) {
        *{$field} = sub { return $_[0]{$field} };
    }
}

sub _class {
    my ($kind) = @_;
    return join q{}, __PACKAGE__ . '::', map { ucfirst } split /_/, $kind;
}

sub to_json { my ($self) = @_; return $self->{json} }
sub to_hash { my ($self) = @_; return Pinterest::OAuth::Document::decode($self->{json}) }
sub TO_JSON { my ($self) = @_; return $self->to_hash }

# An error that nothing caused, for the tests of programs. The kind is that of the class.
sub new {
    my ($class, @fields) = splice @_;
    my ($kind) = grep { $class->isa($CLASS{$_}) } @KINDS;
    my %given  = @fields % 2 ? (q{} => undef) : @fields;
    my %known  = (%FIELD, token => ($kind // q{}) eq 'not_saved', kind => !$kind);
    if (grep { !$known{$_} } keys %given) {
        $class->_refuse(
            'parameters',
            'of an error are pairs of accessors and values, without the kind of its class'
        );
    }
    my $token = delete $given{token};
    $given{kind}    = $kind // $given{kind} // 'internal';
    $given{message} = $given{message} // $given{kind};
    my %document = (%NOTHING, what_now => q{}, text => $given{message}, outcome => 'unknown', %given);
    my $self     = $class->_read(Pinterest::OAuth::Document::encode(\%document));
    bless $self, $class if $kind;
    return $self->_carry($token);
}

# Gives an error the token that it tells of.
sub _carry {
    my ($self, $token) = splice @_;
    $self->{token} = $token if defined $token;
    return $self;
}

# Dies with the error that a document describes.
sub _throw {
    my ($class, $json) = splice @_;
    die $class->_read($json);
}

# The error that a document describes, at the line that called this distribution.
sub _read {
    my ($class, $json) = splice @_;
    my $self  = Pinterest::OAuth::Document::decode($json);
    my $level = 0;
    while (my @frame = caller $level++) {
        @{$self}{qw(file line)} = @frame[1, 2];
        last if !$PASSED{ $frame[0] };
    }
    $self->{json} = Pinterest::OAuth::Document::ascii($json);
    return bless $self, $CLASS{ $self->{kind} } // $class;
}

# Dies for a call of which no request can be made, so that the library cannot be asked.
sub _refuse {
    my ($class, $name, $problem) = splice @_;
    my %document = (
        %NOTHING,
        kind     => 'invalid_argument',
        message  => "$name $problem",
        what_now => "Fix `$name`.",
        text     => "$name $problem. Fix `$name`.",
        outcome  => 'not_sent',
        field    => $name,
    );
    return $class->_throw(Pinterest::OAuth::Document::encode(\%document));
}

1;

__END__

=encoding utf8

=head1 NAME

Pinterest::OAuth::Error - why a call failed, and what to do about it

=head1 SYNOPSIS

    use Try::Tiny;

    try {
        $token = $client->refresh($token);
    }
    catch {
        die $_ if !ref $_ || !$_->isa('Pinterest::OAuth::Error');
        if    ($_->isa('Pinterest::OAuth::Error::InvalidGrant')) { log_in_again() }
        elsif ($_->isa('Pinterest::OAuth::Error::RateLimited'))  { try_again_in($_->retry_after) }
        else                                                     { warn $_ }
    };

=head1 DESCRIPTION

Every method of L<Pinterest::OAuth> and L<Pinterest::OAuth::TokenManager> dies with an object of one of the classes below, from the line of your
program that called it. As a string it is C<text>, file and line. It holds no secret, and may be logged,
dumped and stored; the L</token> of one class is kept out of all three.

=head1 CLASSES

=head2 Pinterest::OAuth::Error::Internal

A fault of this library: please report it.

=head2 Pinterest::OAuth::Error::InvalidArgument

A parameter is missing, unknown or malformed; C<field> names it. Nothing was sent.

=head2 Pinterest::OAuth::Error::InvalidConfig

A setting cannot be used; C<field> names it. Nothing was sent.

=head2 Pinterest::OAuth::Error::Connect

No connection, or it broke; C<outcome> says whether the request may have arrived.

=head2 Pinterest::OAuth::Error::Tls

The server's certificate or the TLS handshake failed.

=head2 Pinterest::OAuth::Error::Proxy

The proxy could not be reached, or refused.

=head2 Pinterest::OAuth::Error::Timeout

A deadline passed; C<outcome> says whether the request may have arrived.

=head2 Pinterest::OAuth::Error::InvalidGrant

The code or refresh token is bad, used, expired or revoked: let the user log in again.

=head2 Pinterest::OAuth::Error::InvalidClient

App id and app secret do not fit.

=head2 Pinterest::OAuth::Error::Forbidden

Pinterest does not permit this: ask it for access.

=head2 Pinterest::OAuth::Error::InsufficientScope

The token lacks a scope: ask the user for it.

=head2 Pinterest::OAuth::Error::RateLimited

Too many calls: wait C<retry_after> seconds.

=head2 Pinterest::OAuth::Error::ServerError

Pinterest has a problem: try again later.

=head2 Pinterest::OAuth::Error::ApiError

Any other error that Pinterest shaped: read C<code> and C<pinterest_message>.

=head2 Pinterest::OAuth::Error::InvalidResponse

The answer is neither a token nor an error of Pinterest.

=head2 Pinterest::OAuth::Error::AccessDenied

The redirect came back with an error: the user or Pinterest said no.

=head2 Pinterest::OAuth::Error::StateMismatch

The redirect carries another state than the one you kept: discard it.

=head2 Pinterest::OAuth::Error::InvalidToken

The access token is not accepted: refresh it.

=head2 Pinterest::OAuth::Error::Cancelled

The call was cancelled. Nothing in Perl cancels calls; the class is there because the library has the kind.

=head2 Pinterest::OAuth::Error::ReauthorizationRequired

No refresh token of the account is left that Pinterest takes, and the access token has expired: let the user log in again.

=head2 Pinterest::OAuth::Error::UnknownAccount

The store has no such account: log in, or fix the name.

=head2 Pinterest::OAuth::Error::StoreUnavailable

The store of tokens cannot be read or written; C<field> says which part. Nothing was sent.

=head2 Pinterest::OAuth::Error::StoreBusy

Another process refreshes, or an answer must be asked for once more: wait C<retry_after> seconds.

=head2 Pinterest::OAuth::Error::NotSaved

A token was issued, and no disk took it: store the one that L</token> returns.

=head1 METHODS

What does not apply is C<undef>.

=head2 kind

The kind's name in every language of the project, for example C<invalid_grant>.

=head2 message

One sentence, without what you passed in.

=head2 what_now

What you can do about it.

=head2 text

Message, the numbers that people ask for, and what to do, as one text.

=head2 outcome

C<not_sent>: calling again is safe. C<rejected>: the server said no. C<unknown>: the call may have taken
effect.

=head2 field

The parameter or setting at fault.

=head2 http_status

The status of the answer.

=head2 code

Pinterest's own error code, for example 283.

=head2 pinterest_message

Pinterest's own message, cut and cleaned.

=head2 request_id

Pinterest's request id, for which its support asks.

=head2 retry_after

Seconds to wait before the next try.

=head2 rate_limit

A hash reference with C<limit>, C<remaining>, C<reset> (seconds) and C<policies>.

=head2 headers

An array reference of the answer's headers, each an array reference of name and value; without cookies and
secrets.

=head2 body

The answer's JSON object as a hash reference, with secrets hidden.

=head2 extra

A hash reference with what that object holds besides code and message.

=head2 answer

A hash reference with what the call tells besides, as L<Pinterest::OAuth::Token/answer> has it; C<undef> where
nothing was to be sent.

=head2 token

The L<Pinterest::OAuth::Token> of L</Pinterest::OAuth::Error::NotSaved>, which dumps do not show and serialisers refuse;
C<undef> with every other class.

=head2 file, line

Where your program made the call.

=head2 new

    my $error = Pinterest::OAuth::Error::RateLimited->new(retry_after => 7);

Makes an error that nothing caused, for the tests of your own program: C<die> throws it. Parameters are the names above,
all optional; without them C<outcome> is C<unknown>, and C<message> the kind. The kind is that of the class;
C<< Pinterest::OAuth::Error->new(kind => 'rate_limited') >> makes the same. C<NotSaved> takes a C<token> as well.

=head2 to_hash

A new hash reference with everything but file and line.

=head2 to_json

The same as JSON text, in ASCII.

=head2 TO_JSON

The same as C<to_hash>: what JSON modules write of an error.

=head1 WHAT TO DO ON UNKNOWN

An C<outcome> of C<unknown> means that the request may have arrived: a code may be spent, a refresh token replaced.
A refresh: try the same call once more. Where it dies with L</Pinterest::OAuth::Error::InvalidGrant>, the first one had its
effect, and its answer is lost: let the user log in again. A code works once: let the user log in again at once.
C<client_credentials> can always be tried again.

=cut
