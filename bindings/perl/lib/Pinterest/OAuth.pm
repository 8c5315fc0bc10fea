package Pinterest::OAuth;

use 5.026;
use strict;
use warnings;
use Exporter 'import';
use Scalar::Util qw(blessed refaddr);
use Pinterest::OAuth::Document;
use Pinterest::OAuth::Error;
use Pinterest::OAuth::Library;
use Pinterest::OAuth::Log;
use Pinterest::OAuth::Token;

our $VERSION   = '0.100';
our @EXPORT_OK = qw(oauth_token);

# The settings of a client, by which the function `oauth_token` tells them from the fields of the form.
our @SETTINGS = qw(app_id app_secret environment base_url oauth_url timeout connect_timeout
    proxy no_proxy ca_file keep_alive allow_http trust_env);
my %SETTING = map { $_ => 1 } @SETTINGS;

# The parameters that are not text, lists or hashes.
our %TYPE = (
    timeout            => 'number',
    connect_timeout    => 'number',
    keep_alive         => 'boolean',
    allow_http         => 'boolean',
    trust_env          => 'boolean',
    continuous_refresh => 'boolean',
    browser            => 'boolean',
    confirm            => 'boolean',
);

# The clients of this thread by address, each with its handle and a name of its own; what a thread or a serialiser
# copied is not among them.
my %client;

# What calls have brought that did not return, because a handler of %SIG died: by client and parameters.
my %kept;

# Everywhere: stack traces show what is left in @_, and what shift took from it. What splice takes is gone.

sub new {
    my ($class, @settings) = splice @_;
    my $handle;
    Pinterest::OAuth::Library::ask(client_new => _in_words_of_perl(@settings), \$handle);
    my $self = bless \(my $nothing), $class;
    $client{ refaddr $self } = [$handle, $handle];
    return $self;
}

sub oauth_token {
    return _with_a_client_of_its_own(splice @_) if !ref $_[0];
    my ($self, @fields) = splice @_;
    return $self->_token(client_token => @fields);
}

sub refresh {
    my ($self, $token, @fields) = splice @_;
    if (!blessed $token || !$token->isa('Pinterest::OAuth::Token')) {
        Pinterest::OAuth::Error->_refuse(
            'token',
            'must be a Pinterest::OAuth::Token: from_json reads a stored one, oauth_token takes a refresh_token'
        );
    }
    if (grep { !($_ % 2) && ($fields[$_] // q{}) ne 'timeout' } keys @fields) {
        Pinterest::OAuth::Error->_refuse(
            'parameters',
            'of refresh are a token and timeout: oauth_token takes others'
        );
    }
    return $self->oauth_token(@fields, grant_type => 'refresh_token', token => $token);
}

sub revoke {
    my ($self, @fields) = splice @_;
    return Pinterest::OAuth::Document::decode($self->_ask(client_revoke => @fields))->{answer};
}

sub conversion_token {
    my ($self, @fields) = splice @_;
    return $self->_token(client_conversion_token => @fields);
}

sub authorize_url {
    my ($self, @fields) = splice @_;
    return Pinterest::OAuth::Document::decode($self->_ask(client_authorize_url => @fields));
}

sub redirect {
    my (undef, @fields) = splice @_;
    my $answer = Pinterest::OAuth::Library::ask(redirect => _in_words_of_perl(@fields));
    return Pinterest::OAuth::Document::decode($answer)->{code};
}

sub check {
    my ($self, @fields) = splice @_;
    Pinterest::OAuth::Error->_refuse('parameters', 'of check there are none') if @fields;
    my ($handle) = $self->_client;
    Pinterest::OAuth::Library::ask(client_check => $handle);
    return 1;
}

sub CLONE { return %client = %kept = () }

sub DESTROY {
    my ($self) = @_;
    return if ${^GLOBAL_PHASE} eq 'DESTRUCT';
    my $client = delete $client{ refaddr $self } or return;
    my ($handle, $name) = @{$client};
    delete @kept{ grep { /\A\Q$handle\E\n/ } keys %kept };
    local $! = 0;
    return Pinterest::OAuth::Library::client_free($handle);
}

# A call that brings a token. It is kept before a handler of %SIG can run, and given up in the statement that returns
# it: where a handler dies in between, the same call finds it.
sub _token {
    my ($self, $function, @fields) = splice @_;
    my ($handle, $name) = $self->_client;
    my @members = Pinterest::OAuth::Document::members(\%TYPE, @fields);
    my $key     = join "\n", $name, $function, sort grep { !/\A"timeout":/ } @members;
    my $kept    = $kept{$key} //= [];
    if (!@{$kept} || $kept->[0]) {
        my $request = Pinterest::OAuth::Document::object(@members);
        Pinterest::OAuth::Library::keep($kept, $function => $handle, $request);
        Pinterest::OAuth::Log::call(@{$kept});
    }
    my ($status, $document) = @{$kept};
    if ($status) {
        delete $kept{$key};
        Pinterest::OAuth::Error->_throw($document);
    }
    my $token = Pinterest::OAuth::Token->_new($document);
    return ($token, delete $kept{$key})[0];
}

# Any other call.
sub _ask {
    my ($self, $function, @fields) = splice @_;
    my ($handle) = $self->_client;
    my $request = Pinterest::OAuth::Document::object(Pinterest::OAuth::Document::members(\%TYPE, @fields));
    my @answer;
    Pinterest::OAuth::Library::keep(\@answer, $function => $handle, $request);
    Pinterest::OAuth::Log::call(@answer);
    Pinterest::OAuth::Error->_throw($answer[1]) if $answer[0];
    return $answer[1];
}

sub _client {
    my ($self) = @_;
    my $client = $client{ refaddr($self) // 0 };
    if (!$client) {
        Pinterest::OAuth::Error->_refuse(
            'client',
            'was made in another thread, or copied: make one with new'
        );
    }
    return @{$client};
}

# A request with `language`, so that errors use the names that Perl has. Callers do not set it.
sub _in_words_of_perl {
    my @members = Pinterest::OAuth::Document::members(\%TYPE, splice @_);
    if (grep { /\A"language":/ } @members) {
        Pinterest::OAuth::Error->_refuse('language', 'is not a parameter');
    }
    return Pinterest::OAuth::Document::object(@members, '"language":"perl"');
}

# The client has its settings for a name, so that what is kept outlives it.
sub _with_a_client_of_its_own {
    my @pairs = splice @_;
    my (@settings, @fields);
    while (@pairs) {
        push @{ $SETTING{ $pairs[0] // q{} } ? \@settings : \@fields }, splice @pairs, 0, 2;
    }
    my $self = __PACKAGE__->new(@settings);
    Pinterest::OAuth::Library::client_keep_connections($client{ refaddr $self }[0]);
    $client{ refaddr $self }[1] = join "\n", sort(Pinterest::OAuth::Document::members(\%TYPE, @settings)),
        map { "$_=$ENV{$_}" } sort grep { /\APINTEREST_/ } keys %ENV;
    return $self->oauth_token(@fields);
}

1;

__END__

=encoding utf8

=head1 NAME

Pinterest::OAuth - OAuth tokens of Pinterest API v5 (unofficial)

=head1 SYNOPSIS

    use Pinterest::OAuth;

    my $client = Pinterest::OAuth->new(app_id => $app_id, app_secret => $app_secret);

    my $page = $client->authorize_url(redirect_uri => $redirect_uri, scope => 'pins:read,boards:read');
    # send the user to $page->{url}, keep $page->{state} until the redirect comes back
    my $code  = Pinterest::OAuth->redirect(url => $address, state => $page->{state});
    my $token = $client->oauth_token(
        grant_type   => 'authorization_code',
        code         => $code,
        redirect_uri => $redirect_uri,
    );

    eval { $token = $client->refresh($token) if $token->expires_within(300); 1 } or do {
        my $error = $@;
        log_in_again() if $error->isa('Pinterest::OAuth::Error::InvalidGrant');
    };

    use Pinterest::OAuth 'oauth_token';    # a call without a client
    my $other = oauth_token(grant_type => 'client_credentials', scope => 'ads:read');

=head1 DESCRIPTION

The token call of Pinterest's API with everything that belongs to it: the three grants, the page on which
the user gives access, the redirect that follows, revoking, and tokens for conversions. The work is done
by a library in Rust, which every language of the project shares.

L<Pinterest::OAuth::TokenManager> keeps the tokens of accounts and refreshes them: most programs need nothing else of this
module than L</authorize_url> and L</redirect>.

Unofficial: not made or endorsed by Pinterest.

=head2 Strings

Strings are text: every character is sent as UTF-8, however Perl keeps it. Decode bytes first. A number is
as good as its text. What is returned is text as well; L<Pinterest::OAuth::Token/to_json> is ASCII.

=head2 Parameters

Parameters are pairs of names and values; C<undef> is as good as a parameter that is not given. A name that
does not exist is an error which says so, and so is a value of another type, for example a reference where
a text belongs. Objects that stringify by overloading, such as L<URI>, are text.

=head2 Times

Times are in seconds. Time-outs may have fractions.

=head2 Secrets

App secrets, codes and tokens are in no error, no warning and no stack trace, not even of
C<Carp::confess> or with C<-MCarp=verbose>; neither are they in the objects as L<Data::Dumper>, L<Storable>
and JSON modules see them. What your own subroutines are called with, you look after yourself.

=head2 Signals

Perl runs the handlers in C<%SIG> between its own operations, and a call is one: a handler, that of
C<ALRM> too, runs when the call has ended, at the latest after C<timeout>. A signal without a handler, for
example Ctrl-C, ends the process at once.

A handler that dies ends the call, though its token has come by then. The token is not lost: the client keeps it, and
the same call, made once more with the same parameters, returns it and sends nothing. (C<timeout> may differ; the
function L</oauth_token> has to have the same settings, too.) So do not time a call with C<alarm>, but with C<timeout>;
where a handler may die nevertheless, repeat the call:

    my $new = eval { $client->refresh($token) } // $client->refresh($token);

The same holds for whatever else in your program dies meanwhile, for example a handler of C<__WARN__>.

=head2 Processes and threads

A client may be used before and after C<fork>, in parent and children at once, also under servers that load
the application before they fork. It belongs to the thread that made it: in another one its methods die
with an error that says so. Tokens may go anywhere.

=head2 Logging

Where your program has loaded L<Log::Any>, or C<LOG_ANY_DEFAULT_ADAPTER> is in the environment, each call is one line in
the category C<Pinterest::OAuth>, at the level C<debug>: method, path, status, milliseconds, request id, attempts, and
C<ok> or the error's kind and outcome. No secret is in it. Of a token manager's calls those are lines that were sent and failed.

    POST /v5/oauth/token: status 200, 35 ms, request id 1450500627739308, attempts 1, ok

What a token manager did, also on threads of its own, is a line at C<info>, C<warning> or C<error>, written with the next
call of an account.

    shop-42: refreshed: a new token is stored, valid for 30 days; the next refresh is due in 24 days

=head2 Tests

Modules that replace L<LWP::UserAgent> or L<HTTP::Tiny> in tests do not see these calls, which the C library makes.
L<Pinterest::OAuth::Emulator> is a server for them, L<Pinterest::OAuth::Error/new> makes errors.

=head2 Version

The version is decimal: C<use Pinterest::OAuth 0.1;> asks for version 0.1.0 of the project, which is 0.100 here.

=head1 METHODS

Every method dies with a L<Pinterest::OAuth::Error>.

=head2 new

    my $client = Pinterest::OAuth->new(app_id => $app_id, app_secret => $app_secret);

Makes a client, which keeps its connections open from one call to the next. All parameters are optional:

=over

=item app_id, app_secret

The app's credentials. Without them C<PINTEREST_APP_ID> and C<PINTEREST_APP_SECRET> in the environment.

=item environment

C<production> or C<sandbox>, in place of C<base_url>. Without both, production.

=item base_url

Another server, with or without C</v5>. Without it C<PINTEREST_API_URI> in the environment.

=item oauth_url

Another server for the page of L</authorize_url>. Without it C<PINTEREST_OAUTH_URI> in the environment,
then C<https://www.pinterest.com>.

=item timeout

Seconds that a call may take, name look-up included: 30 by default, 600 at most. It cannot be switched off.

=item connect_timeout

Seconds that a connection may take: 10 by default.

=item proxy

The address of a proxy for every call: C<http>, C<https> or C<socks5h>, with or without credentials.
Without it C<HTTPS_PROXY>, C<HTTP_PROXY> (not under CGI) and C<ALL_PROXY> in the environment.

=item no_proxy

Hosts that are reached without the proxy, with commas between them. Without it C<NO_PROXY> in the
environment.

=item ca_file

A PEM file whose certificates are trusted in place of the system's. Without it C<SSL_CERT_FILE> in the
environment.

=item keep_alive

A false value (0) gives each call a connection of its own. Otherwise one is used again for the next call. Turn it off
where a server or proxy sends an answer late, on a connection that a later call then uses.

=item allow_http

A true value (1) allows plain http to hosts other than this machine. Secrets then travel unencrypted.

=item trust_env

A false value (0) leaves the environment unread.

=back

=head2 oauth_token

    my $token = $client->oauth_token(
        grant_type    => 'refresh_token',
        refresh_token => $refresh_token,
    );

Asks for a token and returns a L<Pinterest::OAuth::Token>. Store all of it: the refresh token may have
changed.

=over

=item grant_type

C<authorization_code>, C<refresh_token> or C<client_credentials>.

=item code, redirect_uri

For C<authorization_code>: the code of the redirect, and the address given to L</authorize_url>.

=item refresh_token

For C<refresh_token>: the text of one.

=item token

For C<refresh_token>, in place of C<refresh_token>: a L<Pinterest::OAuth::Token>, of which is kept what the
answer leaves out.

=item scope

Scopes to ask for, as text with commas or as an array reference. Not for C<authorization_code>, whose
scopes are those of the page.

=item continuous_refresh

0 or 1: whether refresh tokens are to be renewed with every refresh. By default what Pinterest wants.

=item extra

A hash reference with further fields of the form.

=item timeout

Seconds for this call alone.

=back

As a function, C<oauth_token> takes the parameters of C<new> as well and makes a client for this one call.
It is exported when asked for.

=head2 refresh

    $token = $client->refresh($token);

Refreshes a L<Pinterest::OAuth::Token>: the same as L</oauth_token> with
C<< grant_type => 'refresh_token', token => $token >>. Store the new one at once: the refresh token may have changed.

=over

=item timeout

Seconds for this call alone.

=back

=head2 revoke

    my $answer = $client->revoke(token => $text, token_type_hint => 'refresh_token');

Revokes a token. Pinterest permits this for tokens of system users alone. Returns how the call went, as
L<Pinterest::OAuth::Token/answer> does.

=over

=item token

The text of the access token or refresh token.

=item token_type_hint

C<access_token> or C<refresh_token>: which of them it is.

=item timeout

Seconds for this call alone.

=back

=head2 conversion_token

    my $token = $client->conversion_token(access_token => $text);

Makes a long-lived token for sending conversions and returns a L<Pinterest::OAuth::Token>.

=over

=item access_token

The access token that authenticates the call; it needs the scope C<ads:write>.

=item timeout

Seconds for this call alone.

=back

=head2 authorize_url

    my $page = $client->authorize_url(redirect_uri => $redirect_uri, scope => 'pins:read,boards:read');

The page on which the user gives access, as a hash reference with C<url> and C<state>. Nothing is sent.
Keep the state, with the user's session, until the redirect comes back.

=over

=item redirect_uri

Where the user comes back to: registered with the app.

=item scope

Scopes to ask for, as L</oauth_token> takes them.

=item state

A state of your own, in place of a random one.

=item extra

A hash reference with further parameters of the address.

=back

=head2 redirect

    my $code = Pinterest::OAuth->redirect(url => $address, state => $state);

Reads the redirect that ends a login, and returns the code. Needs no client, and sends nothing.

=over

=item url

The address at which the user came back, or its query.

=item state

The state that you kept.

=back

=head2 check

    $client->check;

Dies with L<Pinterest::OAuth::Error::InvalidConfig|Pinterest::OAuth::Error/Pinterest::OAuth::Error::InvalidConfig> where the
app's id or secret is missing, and returns true where both are there: for the start of a program. Every call but
L</conversion_token> needs them. Nothing is sent; whether Pinterest accepts them is not asked.

=head1 ENVIRONMENT

What L</new> names is read when a client is made. C<PINTEREST_OAUTH_LIBRARY>, the path of the C library, is
read when this module is loaded. Without it the library beside the module is taken, then C<libpinterest_oauth.so.1>
of the system. Under taint mode (C<-T>) the variable is refused while it is tainted.

=head1 SEE ALSO

L<Pinterest::OAuth::TokenManager>, L<Pinterest::OAuth::Token>, L<Pinterest::OAuth::Error>, L<Pinterest::OAuth::Emulator>,
L<WWW::OpenAPIClient::OauthApi>

=head1 LICENSE

MIT or Apache 2.0, as you like.

=cut
