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
use Pinterest::OAuth::Signals;

our $VERSION = '0.100';

# The settings of a manager besides those of a client.
our @SETTINGS = qw(store recovery_dir file_systems clock_offset_file);

# Seconds that a program waits at its end for what it has begun: the deadline of a call.
my $PATIENCE = 30;

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

sub finish {
    my (undef, @seconds) = @_;
    my $seconds = @seconds ? $seconds[0] : $PATIENCE;
    if (!looks_like_number($seconds) || !($seconds >= 0)) {
        Pinterest::OAuth::Error->_refuse('seconds', 'must be a number, and not negative');
    }
    return !!Pinterest::OAuth::Library::finish($seconds);
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

=head2 finish

    my $all_is_stored = Pinterest::OAuth::TokenManager->finish(10);

Waits until what this process has begun is stored, at most so many seconds, 30 by default. True where nothing is left. It
runs by itself when a program ends, in its C<END>; call it before C<POSIX::_exit>.

=head2 TO_JSON, TO_CBOR, FREEZE, STORABLE_freeze

What serialisers ask an object for. They die with a L<Pinterest::OAuth::Error>.

=head1 SEE ALSO

L<Pinterest::OAuth::Account>, L<Pinterest::OAuth>

=cut
