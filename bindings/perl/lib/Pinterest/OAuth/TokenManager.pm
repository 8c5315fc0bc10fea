package Pinterest::OAuth::TokenManager;

use 5.026;
use strict;
use warnings;
use parent 'Pinterest::OAuth::Handle';
use Scalar::Util 'looks_like_number';
use Pinterest::OAuth;
use Pinterest::OAuth::Account;
use Pinterest::OAuth::Document;
use Pinterest::OAuth::Error;
use Pinterest::OAuth::Library;
use Pinterest::OAuth::Log;
use Pinterest::OAuth::Login;
use Pinterest::OAuth::LoginBegin;
use Pinterest::OAuth::LoginEnd;
use Pinterest::OAuth::Signals;
use Pinterest::OAuth::Terminal;

our $VERSION = '0.100';

# The settings of a manager besides those of a client.
our @SETTINGS = qw(store recovery_dir file_systems clock_offset_file);

# What a request of PSGI says of a login: by parameter the keys, the first of which that is there counts.
my %BEGIN = (cookies => ['HTTP_COOKIE'], host => ['HTTP_HOST']);
my %VISIT = (
    method  => ['REQUEST_METHOD'],
    query   => ['QUERY_STRING'],
    cookies => ['HTTP_COOKIE'],
    purpose => [qw(HTTP_SEC_PURPOSE HTTP_PURPOSE HTTP_X_MOZ)],
);

# Seconds that a program waits at its end for what it has begun: the deadline of a call.
my $PATIENCE = 30;

# Seconds between two looks at what a person types during a login.
my $PAUSE = 0.1;

sub new {
    my ($class, @settings) = splice @_;
    my $handle;
    Pinterest::OAuth::Library::ask(
        manager_new => Pinterest::OAuth::_in_words_of_perl(@settings),
        \$handle
    );
    return (bless {}, $class)->_keep($handle);
}

sub account {
    my ($self, @name) = splice @_;
    my ($name) = @name ? @name : 'default';
    return $self->_account(
        manager_account => Pinterest::OAuth::Document::bytes('account', $name),
        $name
    );
}

sub app {
    my ($self, $scopes) = splice @_;
    return $self->_account(manager_app => Pinterest::OAuth::Document::scopes($scopes), q{});
}

sub accounts {
    my ($self) = @_;
    my $answer = Pinterest::OAuth::Library::ask(manager_accounts => $self->_handle);
    return @{ Pinterest::OAuth::Document::decode($answer) };
}

sub refresh_due {
    my ($self, @options) = splice @_;
    my $parallel = Pinterest::OAuth::Document::option('refresh_due', 'parallel', @options) // 0;
    if (@options && $parallel !~ /\A[1-9][0-9]{0,5}\z/) {
        Pinterest::OAuth::Error->_refuse('parallel', 'must be a whole number above 0');
    }
    my @answer;
    Pinterest::OAuth::Signals::keep(\@answer, manager_refresh_due => $self->_handle, $parallel);
    Pinterest::OAuth::Log::managers();
    Pinterest::OAuth::Error->_throw($answer[1]) if $answer[0];
    my $report = Pinterest::OAuth::Document::decode($answer[1]);
    for my $failed (@{ $report->{failed} }) {
        my $json = Pinterest::OAuth::Document::encode($failed->{error});
        Pinterest::OAuth::Log::call(1, $json);
        $failed->{error} = Pinterest::OAuth::Error->_read($json);
    }
    return $report;
}

sub doctor {
    my ($self, @options) = splice @_;
    my $repair = Pinterest::OAuth::Document::option('doctor', 'repair', @options);
    my $answer = Pinterest::OAuth::Library::ask(manager_doctor => $self->_handle, $repair ? 1 : 0);
    return Pinterest::OAuth::Document::decode($answer);
}

sub login {
    my ($self, @pairs) = splice @_;
    my (%handler, @options);
    while (@pairs) {
        my ($name, @value) = splice @pairs, 0, 2;
        if (($name // q{}) =~ /\Aon_(?:start|event)\z/) {
            $handler{$name} = _code($name, @value);
        }
        else {
            push @options, $name, @value;
        }
    }
    my $terminal = Pinterest::OAuth::Terminal->new(!$handler{on_start});
    my $on_start = $handler{on_start} // sub { $terminal->started(@_) };
    my $on_event = $handler{on_event} // sub { $terminal->happened(@_) };

    my $login = $self->start_login(@options);
    $on_start->($login);
    my $end;
    until ($end) {
        my $event = $login->next_event($PAUSE);
        $on_event->($login, $event) if $event;
        $terminal->listen_to($login);
        if (my $signal = $terminal->signal) {
            $terminal->restore;
            $login->_end_by($signal, 0, 'null');
        }
        $end = $event->{end} if $event;
    }
    return $end;
}

sub start_login {
    my ($self, @options) = splice @_;
    return Pinterest::OAuth::Login->_start($self, @options);
}

sub begin_login {
    my ($self, @fields) = splice @_;
    my $request = _request(\%BEGIN, @fields);
    return Pinterest::OAuth::LoginBegin->_new(
        Pinterest::OAuth::Library::ask(login_begin => $self->_handle, $request));
}

sub finish_login {
    my ($self, @fields) = splice @_;
    my @answer;
    Pinterest::OAuth::Signals::keep(
        \@answer,
        login_finish => $self->_handle,
        _request(\%VISIT, @fields)
    );
    if ($answer[0]) {
        Pinterest::OAuth::Log::call(@answer);
        Pinterest::OAuth::Error->_throw($answer[1]);
    }
    return Pinterest::OAuth::LoginEnd->_new(Pinterest::OAuth::Document::decode($answer[1]));
}

sub finish {
    my (undef, @seconds) = @_;
    my $seconds = @seconds ? $seconds[0] : $PATIENCE;
    if (!looks_like_number($seconds) || !($seconds >= 0)) {
        Pinterest::OAuth::Error->_refuse('seconds', 'must be a number, and not negative');
    }
    return !!Pinterest::OAuth::Library::finish($seconds);
}

# A request of a web app's login. What a parameter says goes before what the request of PSGI says.
sub _request {
    my ($keys, @pairs) = splice @_;
    my (@fields, %given);
    while (@pairs) {
        my ($name, @value) = splice @pairs, 0, 2;
        if (($name // q{}) ne 'env') {
            push @fields, $name, @value;
            next;
        }
        if (ref $value[0] ne 'HASH') {
            Pinterest::OAuth::Error->_refuse(
                'env',
                'must be the hash reference that PSGI gives an application'
            );
        }
        for my $field (keys %{$keys}) {
            $given{$field} //= $value[0]{$_} for @{ $keys->{$field} };
        }
    }
    my %named = @fields % 2 ? () : @fields;
    delete @given{ grep { defined $named{$_} } keys %named };
    my @members = Pinterest::OAuth::Document::members(\%Pinterest::OAuth::TYPE, %given, @fields);
    return Pinterest::OAuth::Document::object(@members);
}

sub _code {
    my ($name, $code) = splice @_;
    return $code if ref $code eq 'CODE';
    return Pinterest::OAuth::Error->_refuse($name, 'must be a code reference');
}

sub _account {
    my ($self, $function, $argument, $name) = splice @_;
    my $handle;
    Pinterest::OAuth::Library::ask($function => $self->_handle, $argument, \$handle);
    return Pinterest::OAuth::Account->_new($handle, $name);
}

sub _free  { my (undef, $handle) = @_; return Pinterest::OAuth::Library::manager_free($handle) }
sub _what  { return 'manager' }
sub _maker { return 'new' }

# A child that was forked has begun nothing of its own.
END {
    local $? = 0;
    local $! = 0;
    finish();
}

1;

__END__

=encoding utf8

=head1 NAME

Pinterest::OAuth::TokenManager - keeps tokens, and refreshes each once

=head1 SYNOPSIS

    use Pinterest::OAuth::TokenManager;

    my $manager = Pinterest::OAuth::TokenManager->new;    # id and secret of the app from the environment
    my $bearer  = $manager->account('shop-42')->access_token;

    # once, when the user has logged in
    $manager->account('shop-42')->login(code => $code, redirect_uri => $redirect_uri, state => $state);

    # or all of it at once, with the browser of this machine
    $manager->login(account => 'shop-42', scope => 'pins:read');

    # in a program that a timer starts
    my $report = $manager->refresh_due;
    warn "$_->{account}: $_->{error}" for @{ $report->{failed} };

=head1 DESCRIPTION

Keeps the tokens of any number of accounts in a folder of this machine, and refreshes each when it is due: once, however
many threads, processes and programs ask, whatever language they are written in. A token that Pinterest issued is on disk
before anybody sees it.

Managers with equal settings share what they know, so that one may be made for each request. What the handles of accounts
do is in L<Pinterest::OAuth::Account>.

=head2 Processes and threads

A manager and its accounts may be used before and after C<fork>, in parent and children at once. They belong to the
thread that made them: in another one their methods die with an error that says so, and a manager of the same settings is
quickly made.

=head2 Signals

A signal that has a handler in C<%SIG> waits until the call has ended. C<HUP>, C<INT> (Ctrl-C) and C<TERM> without a handler
wait as well, while something may be sent: the token is stored, then the program ends by the signal. A second signal ends it
at once. In a program that has loaded L<threads>, and where the system has no F</proc>, the first one does.

=head1 METHODS

Every method dies with a L<Pinterest::OAuth::Error>. Times are in seconds.

=head2 new

    my $manager = Pinterest::OAuth::TokenManager->new(store => '/srv/shop/tokens');

Opens the store, and makes it where there is none. Parameters are all those of L<Pinterest::OAuth/new>, and:

=over

=item store

The folder in which tokens are kept; C<:memory:> keeps them in this process alone. Without it C<PINTEREST_OAUTH_STORE> in
the environment, then the first of systemd's state folders, then F<pinterest-oauth> in the user's state folder. It belongs
to one user: programs of another one cannot read it.

=item recovery_dir

A second folder, on another disk, for a token that the store cannot take. It is kept in the store's own settings.

=item file_systems

An array reference of file systems that are allowed besides the local ones, by name, for example C<nfs4>: where locks are
not reliable, tokens may be lost.

=item clock_offset_file

A file with a number of seconds by which the clock is moved, for tests; only with a C<base_url> on this machine.

=back

=head2 account

    my $account = $manager->account('shop-42');

The L<Pinterest::OAuth::Account> of that name, C<default> without one. A name has 1 to 1,024 bytes as UTF-8 and no control
characters, and is compared byte for byte. Nothing is read.

=head2 app

    my $bearer = $manager->app('ads:read')->access_token;

Tokens of the app itself (C<client_credentials>) with these scopes: text with commas, or an array reference. A
L<Pinterest::OAuth::Account> without a name, which needs no login.

=head2 accounts

    say "$_->{account}: $_->{state}" for $manager->accounts;

Where every account of this app stands, by name: a list of hash references as L<Pinterest::OAuth::Account/status> returns
one.

=head2 refresh_due

    my $report = $manager->refresh_due(parallel => 4);

Refreshes every account of this app that is due, C<parallel> at once, 16 by default. Let a timer do this, so that accounts
that no program asks for stay alive. Returns a hash reference:

=over

=item accounts

How many accounts there are.

=item due

How many were due.

=item refreshed

How many were refreshed.

=item failed

An array reference of those that failed, each a hash reference with C<account>, its name, and C<error>, a
L<Pinterest::OAuth::Error>.

=item needs_login

An array reference with the names of the accounts whose user must log in again.

=item seconds

How long it took.

=back

=head2 doctor

    say $_->{text} for @{ $manager->doctor->{findings} };

Looks the store over. With C<< repair => 1 >> damaged records are moved aside. Returns a hash reference:

=over

=item store

Where the store is.

=item store_id

Its random id.

=item accounts

How many accounts it has.

=item findings

An array reference of what is not as it should be, each a hash reference with C<what>, C<path>, C<text> and C<repaired>.

=item last_refresh_due

When all accounts were last looked after, and how that went, as a hash reference; C<undef> where it never was.

=back

=head2 login

    my $end = $manager->login(account => 'shop-42', scope => 'pins:read,boards:read');

The whole login of somebody who sits at this program: listens at the redirect address, opens a browser or says which address to
open, waits, exchanges the code once, and stores the token. Returns a L<Pinterest::OAuth::LoginEnd> whose outcome is C<done>;
everything else is a L<Pinterest::OAuth::Error>, for example C<AccessDenied>, C<Timeout>, or C<InvalidArgument> with the
field C<redirect_uri> where another program has the port. Ctrl-C works meanwhile, as L<Pinterest::OAuth::Login/next_event>
says. Parameters are all optional:

=over

=item account

The account to log in. C<default> without it.

=item redirect_uri

An address on this machine, the same to the letter as registered with the app. C<http://localhost:8085/> without it.

=item scope

What to ask the user for: text with commas, or an array reference.

=item browser

Whether to open a browser. Without it one is opened where the person would see it.

=item confirm

Whether to ask before the token of one person replaces that of another: the event C<confirm> is answered by
L<Pinterest::OAuth::Login/answer>. False without it.

=item continuous_refresh

Whether to ask for a refresh token that rotates. True without it.

=item extra

A hash reference of further parameters of Pinterest's page.

=item timeout

Seconds to wait for the person: above 0, at most 3,600. 300 without it.

=item on_start

A code reference, called once with the L<Pinterest::OAuth::Login>, when there is something to show. Without it the address to
open is printed to standard error; where no browser was opened and both are a terminal, that of Pinterest's page as well, and a
line of standard input is taken as L<Pinterest::OAuth::Login/paste> does.

=item on_event

A code reference, called with the login and each event of L<Pinterest::OAuth::Login/next_event>. Without it the event's message is
printed to standard error, and C<confirm> asked at the terminal; without a terminal, and where C<on_start> is given, the
answer is no.

=back

=head2 start_login

    my $login = $manager->start_login(account => 'shop-42');

The same without waiting, for programs with a loop of their own: a L<Pinterest::OAuth::Login>. Parameters are those of L</login>
without the two handlers.

=head2 begin_login

    my $begin = $manager->begin_login(env => $env, redirect_uri => $redirect_uri, scope => 'pins:read', next => '/shop');
    return $begin->psgi;

Begins the login of a web app's visitor. Returns a L<Pinterest::OAuth::LoginBegin>: the address to send the browser to, and the
cookies that go along. What has to be kept is sealed in them: there is no session, and any worker with the same app secret
may finish the login within ten minutes. Nothing is sent, read or stored. Send the visitor with a link or a redirect to what
answers so: a form needs Pinterest in the C<form-action> of your Content-Security-Policy.

=over

=item account

The account that is logged in. C<default> without it.

=item redirect_uri

Where the visitor comes back to: registered with the app, the same to the letter; https, or http on this machine.

=item scope

The scopes to ask for: text with commas, or an array reference.

=item next

Where the visitor goes afterwards: a path of the app itself, at most 512 bytes.

=item owner

Who begins it, such as the id of the app's own user: only the same one ends it.

=item cookies

The C<Cookie> header of the request: with it logins that were left open do not pile up.

=item host

The C<Host> that the browser sees: it must be that of C<redirect_uri>, else the cookie would not come back.

=item extra

A hash reference of further parameters of Pinterest's page.

=item env

What PSGI gives an application: C<cookies> and C<host> are taken from it where they are not given. Behind a proxy let
L<Plack::Middleware::ReverseProxy> put the right host there.

=back

=head2 finish_login

    my $end = $manager->finish_login(env => $env);
    return $end->psgi('/shop');

Ends it: what came of the request at the redirect address. Returns a L<Pinterest::OAuth::LoginEnd>. What the visitor did, also
what is wrong, is its C<outcome>; a L<Pinterest::OAuth::Error> is for you, for example C<StoreUnavailable> or C<ServerError>.
The code is exchanged once, and its token stored before this returns; the same redirect again, on whichever worker, gives the
token that is stored. Never answer with a page at this address, which holds the code: send the visitor on, as
L<Pinterest::OAuth::LoginEnd/psgi> does, and keep the query out of access logs.

=over

=item method

The method of the request: all but C<GET> are no visit. C<GET> without it.

=item query

The query of the request, or its whole address.

=item cookies

The C<Cookie> header of the request; several are joined by a semicolon.

=item purpose

The value of C<Sec-Purpose>, C<Purpose> or C<X-Moz>, whichever the request has: what a browser fetches ahead is no visit.

=item owner

Who is here, as given at the begin.

=item timeout

The deadline of this call in seconds, instead of the manager's.

=item env

What PSGI gives an application: C<method>, C<query>, C<cookies> and C<purpose> are taken from it where they are not given.

=back

=head2 finish

    my $all_is_stored = Pinterest::OAuth::TokenManager->finish(10);

Waits until what this process has begun is stored, at most so many seconds, 30 by default. True where nothing is left. It
runs by itself when a program ends, in its C<END>; call it before C<POSIX::_exit>.

=head2 TO_JSON, TO_CBOR, FREEZE, STORABLE_freeze

What serialisers ask an object for. They die with a L<Pinterest::OAuth::Error>.

=head1 SEE ALSO

L<Pinterest::OAuth::Account>, L<Pinterest::OAuth::Login>, L<Pinterest::OAuth>

=cut
