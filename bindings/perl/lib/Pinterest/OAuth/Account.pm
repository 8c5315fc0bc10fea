package Pinterest::OAuth::Account;

use 5.026;
use strict;
use warnings;
use parent 'Pinterest::OAuth::Handle';
use Scalar::Util qw(blessed refaddr);
use Pinterest::OAuth::Document;
use Pinterest::OAuth::Error;
use Pinterest::OAuth::Library;
use Pinterest::OAuth::Log;
use Pinterest::OAuth::Signals;
use Pinterest::OAuth::Token;

our $VERSION = '0.100';

my $HANDLE = \%Pinterest::OAuth::Handle::HANDLE;
my %LOGIN  = (timeout => 'number', continuous_refresh => 'boolean');

sub _new {
    my ($class, $handle, $name) = splice @_;
    return (bless { name => $name }, $class)->_keep($handle);
}

sub name { my ($self) = @_; return $self->{name} }

# The cached token first: it is asked for often, and no handler of signals has to change for it.
sub access_token {
    if (@_ == 1) {
        my $pointer
            = Pinterest::OAuth::Library::account_cached($HANDLE->{ refaddr $_[0] } // $_[0]->_handle);
        return (
            Pinterest::OAuth::Library::_copy($pointer),
            Pinterest::OAuth::Library::string_free($pointer)
        )[0]
            if $pointer;
    }
    my ($self, @scopes) = splice @_;
    my $scopes = @scopes ? Pinterest::OAuth::Document::scopes(@scopes) : undef;
    return $self->_sent(account_access_token => $scopes);
}

sub access_token_now {
    my ($self) = @_;
    return _text(Pinterest::OAuth::Library::account_access_token_now($self->_handle));
}

sub token { my ($self) = @_; return Pinterest::OAuth::Token->_new($self->_sent('account_token')) }

sub rejected {
    my ($self, $token, @code) = splice @_;
    my ($code) = @code ? @code : 2;
    if (($code // q{}) !~ /\A-?[0-9]{1,18}\z/) {
        Pinterest::OAuth::Error->_refuse('code', 'must be a whole number: the code of the answer');
    }
    return $self->_sent(account_rejected => Pinterest::OAuth::Document::bytes('access_token', $token), $code);
}

sub login {
    my ($self, @fields) = splice @_;
    my $request = Pinterest::OAuth::Document::object(Pinterest::OAuth::Document::members(\%LOGIN, @fields));
    return Pinterest::OAuth::Token->_new($self->_sent(account_login => $request));
}

sub import_token {
    my ($self, $token) = splice @_;
    if (!blessed $token || !$token->isa('Pinterest::OAuth::Token')) {
        Pinterest::OAuth::Error->_refuse(
            'token',
            'must be a Pinterest::OAuth::Token: from_json reads a stored one'
        );
    }
    $self->_asked(account_import => $token->_json);
    return $self;
}

sub refresh {
    my ($self, @options) = splice @_;
    my $force = Pinterest::OAuth::Document::option('refresh', 'force', @options);
    return Pinterest::OAuth::Token->_new($self->_sent(account_refresh => $force ? 1 : 0));
}

sub status { my ($self) = @_; return Pinterest::OAuth::Document::decode($self->_asked('account_status')) }

sub export_token { my ($self) = @_; return Pinterest::OAuth::Token->_new($self->_asked('account_export')) }

sub remove { my ($self) = @_; return Pinterest::OAuth::Document::decode($self->_asked('account_remove')) }

sub rename {    ## no critic (ProhibitBuiltinHomonyms) its name in every language
    my ($self, $name) = splice @_;
    $self->_asked(account_rename => Pinterest::OAuth::Document::bytes('new_name', $name));
    return;
}

sub unsaved {
    my ($self) = @_;
    my $json = _text(Pinterest::OAuth::Library::account_unsaved($self->_handle));
    return defined $json ? Pinterest::OAuth::Token->_new($json) : undef;
}

sub attach {
    my ($self, $agent, @options) = splice @_;
    require Pinterest::OAuth::Agent;
    return Pinterest::OAuth::Agent::attach($self, $agent, @options);
}

# A call that sends nothing.
sub _asked {
    my ($self, $function, @arguments) = splice @_;
    return Pinterest::OAuth::Library::ask($function => $self->_handle, @arguments);
}

# A call that may send something, which then is stored whatever signal comes.
sub _sent {
    my ($self, $function, @arguments) = splice @_;
    my @answer;
    Pinterest::OAuth::Signals::keep(\@answer, $function => $self->_handle, @arguments);
    Pinterest::OAuth::Log::managers();
    return $answer[1] if !$answer[0];
    Pinterest::OAuth::Log::call(@answer);
    my $error = Pinterest::OAuth::Error->_read($answer[1]);
    $error->_carry($self->unsaved) if $error->isa('Pinterest::OAuth::Error::NotSaved');
    die $error;
}

# The text at a pointer, which is freed; undef where there is none.
sub _text {
    my ($pointer) = @_;
    return if !$pointer;
    return (Pinterest::OAuth::Library::_copy($pointer), Pinterest::OAuth::Library::string_free($pointer))[0];
}

sub _free  { my (undef, $handle) = @_; return Pinterest::OAuth::Library::account_free($handle) }
sub _what  { return 'account' }
sub _maker { return 'account of a Pinterest::OAuth::TokenManager' }

1;

__END__

=encoding utf8

=head1 NAME

Pinterest::OAuth::Account - an account of a token manager

=head1 SYNOPSIS

    my $account = $manager->account('shop-42');
    my $answer  = HTTP::Tiny->new->get($address, { headers => { authorization => 'Bearer ' . $account->access_token } });

    my $agent = $account->attach(LWP::UserAgent->new);    # or let LWP do it
    my $page  = $agent->get('https://api.pinterest.com/v5/user_account');

=head1 DESCRIPTION

What L<Pinterest::OAuth::TokenManager/account> and L<Pinterest::OAuth::TokenManager/app> return. It holds no token that a
dump would show, and serialisers refuse it.

=head1 METHODS

Every method dies with a L<Pinterest::OAuth::Error>. Times are in seconds.

=head2 name

The name of the account; empty for tokens of the app itself.

=head2 access_token

    my $bearer = $account->access_token;
    my $other  = $account->access_token('pins:read,boards:read');

An access token that is valid now: from memory where nobody has to look, else from the store, refreshed when it is due. With
scopes (text with commas, or an array reference) the token must have all of them; otherwise it dies with
L<Pinterest::OAuth::Error/Pinterest::OAuth::Error::InsufficientScope> and sends nothing. While the token is valid, a refresh
that fails does not keep it from being handed out.

=head2 access_token_now

The cached access token while it is valid, else C<undef>. It never waits, reads or fails.

=head2 token

The whole L<Pinterest::OAuth::Token>, as L</access_token>.

=head2 rejected

    my $bearer = $account->rejected($old);

Tells that Pinterest answered 401 with code 2 to this access token. Returns the one to try once more with: the stored one
where it is another, else a new one, at most once for each token and in ten minutes; then it dies with
L<Pinterest::OAuth::Error/Pinterest::OAuth::Error::InvalidToken>. A second parameter is another code of Pinterest's: 3, a
missing scope, refreshes nothing.

=head2 login

    my $token = $account->login(code => $code, redirect_uri => $redirect_uri, state => $state);

Logs the account in: exchanges the code of the redirect and stores the L<Pinterest::OAuth::Token>, which it returns. The same
redirect twice sends its code once.

=over

=item code

The code of the redirect, as L<Pinterest::OAuth/redirect> gives it.

=item redirect_uri

The very same address as in L<Pinterest::OAuth/authorize_url>.

=item state

The state of the redirect: the same redirect is used once, whoever brings it. Without it the code says which it is.

=item continuous_refresh

0 or 1: whether refresh tokens are to be renewed with every refresh. 1 by default.

=item extra

A hash reference with further fields of the form.

=item timeout

Seconds for this call alone.

=back

=head2 import_token

    $account->import_token(Pinterest::OAuth::Token->from_json($text));

Stores a token that was issued elsewhere, in place of what the account had. One without a refresh token lives until it
expires. Returns the account.

=head2 refresh

    my $token = $account->refresh(force => 1);

Looks into the store, refreshes where it is due, and returns the L<Pinterest::OAuth::Token>; with C<force> also where
nothing is due, in a wait after a failure, and where a login is needed.

=head2 status

    my $status = $account->status;
    warn $status->{warning} if defined $status->{warning};

Where the account stands, as a hash reference. Nothing is sent. What does not apply is C<undef>.

=over

=item account

The name of the account.

=item app_id

The app that it belongs to.

=item environment

C<production>, C<sandbox>, or the origin of an address of one's own.

=item state

C<ready>; C<doubtful>, when Pinterest refused the refresh token once and is asked again; C<needs_login>, when the user must
log in again.

=item scopes

An array reference: what the access token may do.

=item obtained_at, expires_at

The Unix times at which the token was obtained and the access token expires.

=item refresh_at

The Unix time at which the next refresh is due; C<undef> where none can be.

=item refresh_token_expires_at

The Unix time at which the refresh token expires.

=item login_at

The Unix time at which the user logged in, or the token was imported.

=item generation

How many tokens the account has had.

=item refreshing

Whether a refresh is under way.

=item unsaved

Whether this process has a token that no disk took.

=item trouble

A hash reference with what went wrong last: C<kind>, C<message>, C<code>, C<http_status>, C<request_id>, C<at>, C<count>,
C<retry_at>.

=item user

Who logged in: a hash reference with C<id> and C<username>; C<undef> where that is not known.

=item warning

What somebody should look after, as one sentence.

=back

=head2 export_token

The stored L<Pinterest::OAuth::Token>, valid or not. Nothing is sent.

=head2 remove

Removes the account from the store, with every copy of its tokens. Pinterest is told nothing. Returns a hash reference:

=over

=item account

The name of the account.

=item token

Whether it had a token.

=item logins

How many logins were under way: their tokens are dropped when they come.

=item copies

How many answers and copies of it lay elsewhere and are gone.

=back

=head2 rename

    $account->rename('shop-43');

Gives the account another name; this object keeps the old one.

=head2 unsaved

The L<Pinterest::OAuth::Token> that Pinterest issued and no disk took: what
L<Pinterest::OAuth::Error/Pinterest::OAuth::Error::NotSaved> carries. C<undef> where all is stored.

=head2 attach

    my $agent = $account->attach(LWP::UserAgent->new);

Gives every request of an L<LWP::UserAgent> to C<pinterest.com> over https the account's access token, in the header
C<Authorization>; requests that have one already, and those to other servers, stay as they are. Where Pinterest answers 401
with code 2, the request is sent once more with the token that L</rejected> returns, if there is one: not where its body is
read from a subroutine, nor with a C<max_redirect> of 0. The token is taken out of requests that were sent: no dump shows it,
and no redirect leads it elsewhere. Where no token can be had, the request dies with a L<Pinterest::OAuth::Error>. Returns
the agent. A later C<attach> takes the place of an earlier one.

With C<< base_url => $address >> the requests are those to the origin of this address, for another server than Pinterest's.

=head2 TO_JSON, TO_CBOR, FREEZE, STORABLE_freeze

What serialisers ask an object for. They die with a L<Pinterest::OAuth::Error>.

=cut
