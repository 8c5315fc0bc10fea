package Pinterest::OAuth::Login;

use 5.026;
use strict;
use warnings;
use parent 'Pinterest::OAuth::Handle';
use List::Util   qw(max min);
use Scalar::Util qw(looks_like_number refaddr);
use Time::HiRes  qw(clock_gettime CLOCK_MONOTONIC);
use Pinterest::OAuth;
use Pinterest::OAuth::Document;
use Pinterest::OAuth::Error;
use Pinterest::OAuth::Library;
use Pinterest::OAuth::Log;
use Pinterest::OAuth::LoginEnd;
use Pinterest::OAuth::Signals;

our $VERSION = '0.100';

# Seconds for which no handler of %SIG can run.
my $SLICE = 0.1;

# The handle is kept by the call that makes it: a handler that dies leaves no login behind.
sub _start {
    my ($class, $manager, @options) = splice @_;
    my $request = Pinterest::OAuth::Document::object(
        Pinterest::OAuth::Document::members(\%Pinterest::OAuth::TYPE, @options));
    my %option = @options;
    my $self = bless { process => $$, account => $option{account} // 'default', manager => $manager }, $class;
    my $place   = \$Pinterest::OAuth::Handle::HANDLE{ refaddr $self };
    my $started = Pinterest::OAuth::Library::ask(login_start => $manager->_handle, $request, $place);
    return $self->_show($started);
}

# What carries the state is in a closure, which no dump opens.
sub _show {
    my ($self, $json) = splice @_;
    my $started = Pinterest::OAuth::Document::decode($json);
    my @plain   = qw(message start_url why_not_opened hints);
    @{$self}{@plain} = @{$started}{@plain};
    $self->{opened} = !!$started->{opened};
    for my $secret (qw(instructions authorize_url)) {
        my $text = $started->{$secret};
        $self->{$secret} = sub { $text };
    }
    return $self;
}

sub message        { my ($self) = @_; return $self->{message} }
sub instructions   { my ($self) = @_; return $self->{instructions}->() }
sub start_url      { my ($self) = @_; return $self->{start_url} }
sub authorize_url  { my ($self) = @_; return $self->{authorize_url}->() }
sub opened         { my ($self) = @_; return $self->{opened} }
sub why_not_opened { my ($self) = @_; return $self->{why_not_opened} }

sub hints { my ($self) = @_; return @{ $self->{hints} } }

sub show {
    my ($self) = @_;
    return $self->_show(Pinterest::OAuth::Library::ask(login_show => $self->_handle));
}

sub next_event {
    my ($self, $seconds) = splice @_;
    if (!looks_like_number($seconds) || !($seconds >= 0)) {
        Pinterest::OAuth::Error->_refuse('seconds', 'must be a number, and not negative');
    }
    my $end = clock_gettime(CLOCK_MONOTONIC) + $seconds;
    my ($left, @answer);
    do {
        $left = $end - clock_gettime(CLOCK_MONOTONIC);
        my $signal = $self->_slice(\@answer, max(0, min($left, $SLICE)));
        $self->_end_by($signal, @answer) if $signal;
        $self->_fail(@answer) if $answer[0];
    } while ($answer[1] eq 'null' && $left > $SLICE);
    return $answer[1] eq 'null' ? undef : _event($answer[1]);
}

sub paste {
    my ($self, $address) = splice @_;
    my $bytes = Pinterest::OAuth::Document::bytes('address', $address);
    Pinterest::OAuth::Library::ask(login_paste => $self->_handle, $bytes);
    return $self;
}

sub answer {
    my ($self, $replace) = @_;
    Pinterest::OAuth::Library::login_answer($self->_handle, $replace ? 1 : 0);
    return $self;
}

sub cancel {
    my ($self) = @_;
    Pinterest::OAuth::Library::login_cancel($self->_handle);
    return $self;
}

sub _slice {
    my ($self, $place, $seconds) = splice @_;
    return Pinterest::OAuth::Signals::held($place, login_next => $self->_handle, $seconds);
}

# Ends the program by a signal. A code that was sent is stored before; a second signal does not wait for that.
sub _end_by {
    my ($self, $signal, @answer) = splice @_;
    $self->cancel;
    my $again;
    until ($again || $answer[0] || $answer[1] =~ /"event":"done"/) {
        $again = $self->_slice(\@answer, $SLICE);
    }
    kill $signal, $$;
    return;
}

sub _fail {
    my ($self, @answer) = splice @_;
    Pinterest::OAuth::Log::call(@answer);
    my $error = Pinterest::OAuth::Error->_read($answer[1]);
    if ($error->isa('Pinterest::OAuth::Error::NotSaved')) {
        $error->_carry($self->{manager}->account($self->{account})->unsaved);
    }
    die $error;
}

sub _event {
    my ($json) = splice @_;
    my $event = Pinterest::OAuth::Document::decode($json);
    $event->{end} = Pinterest::OAuth::LoginEnd->_new($event->{end}) if $event->{end};
    return $event;
}

sub _free  { my (undef, $handle) = @_; return Pinterest::OAuth::Library::login_free($handle) }
sub _what  { return 'login' }
sub _maker { return 'start_login of a Pinterest::OAuth::TokenManager' }

# A child that was forked ends no login of its parent.
sub DESTROY {
    my ($self) = @_;
    return if $self->{process} != $$;
    return $self->SUPER::DESTROY;
}

1;

__END__

=encoding utf8

=head1 NAME

Pinterest::OAuth::Login - a login under way, with a browser on this machine

=head1 SYNOPSIS

    my $login = $manager->start_login(account => 'shop-42', scope => 'pins:read');
    say 'Open ', $login->start_url;
    my $event;
    while (1) {
        $event = $login->next_event(0.2) or next;    # do something else meanwhile
        say $event->{message};
        last if $event->{event} eq 'done';
    }
    say join q{, }, $event->{end}->scopes;

=head1 DESCRIPTION

What L<Pinterest::OAuth::TokenManager/start_login> returns, and what the handlers of L<Pinterest::OAuth::TokenManager/login>
get. It listens at the redirect address until the login ends, or the object goes. It belongs to the thread and the process that
made it.

Show L</start_url> to the person: it sends a browser on this machine to Pinterest's page, and holds no secret. Where the
person's browser is on another machine, show the address of Pinterest's page (L</authorize_url>, L</show>) instead: the
page that follows does not load there, and its address is what L</paste> takes. Both ways are open at once.

=head1 METHODS

They die with a L<Pinterest::OAuth::Error>. Times are in seconds.

=head2 message

What to tell a person at a terminal, in lines. It holds no secret.

=head2 instructions

The way for other machines, in lines, with L</authorize_url> in them; C<undef> where that is. Show it to the person alone.

=head2 start_url

The address to open in a browser on this machine. It holds no secret.

=head2 authorize_url

The address of Pinterest's page; C<undef> where a browser was started, until L</show>. It carries the state of the login: show
it to the person alone.

=head2 opened

Whether a browser was started. That it came is the event C<opened>.

=head2 why_not_opened

Why none was started, for a person; C<undef> where one was, or where none was wanted.

=head2 hints

Sentences about scopes that are perhaps misspelled, as a list.

=head2 show

    my $address = $login->show->authorize_url;

From now on L</authorize_url> and L</instructions> are there, and a browser may come back that was not at the start page. Returns the login.

=head2 next_event

    my $event = $login->next_event(0.2);

What happens next, waited for so many seconds at most; C<undef> where nothing has happened. Handlers in C<%SIG> run meanwhile.
A signal without a handler (C<HUP>, C<INT>, C<TERM>) ends the login and then the program: what was sent is stored before. Where
the login fails this dies, for example with L<Pinterest::OAuth::Error/Pinterest::OAuth::Error::AccessDenied>, C<Timeout>,
C<StateMismatch> when a second browser came to the start page, or C<Cancelled>. An event is a hash reference:

=over

=item event

What it is about: C<opened>, a browser was at the start page; C<not_opened>, none was within 15 seconds: show the other way;
C<waiting>, the person is at Pinterest for long; C<forwarded>, the browser came under another port, so the redirect would not
arrive; C<https>, the browser insists on https; C<foreign>, a redirect of another login came; C<foreign_user>, a program of
another user of this machine came; C<too_many_cookies>; C<confirm>, to be answered by L</answer>; C<done>, the token is stored.

=item message

The same as a sentence for the person.

=item user

With C<confirm> and C<done>: who logged in, a hash reference with C<id> and C<username>, where the token may say it.

=item previous_user

With C<confirm> and C<done>: who had logged in before, where that is known.

=item end

With C<done>: a L<Pinterest::OAuth::LoginEnd>.

=back

=head2 paste

    $login->paste($address);

Takes the address of the page to which Pinterest sent the person. What is something else is a
C<Pinterest::OAuth::Error::InvalidArgument> whose message says what it is, and the login waits on.

=head2 answer

    $login->answer(1);

The answer to the event C<confirm>: a true value replaces the token.

=head2 cancel

Ends the wait: L</next_event> dies with C<Pinterest::OAuth::Error::Cancelled>, or says how it ended where a code was sent.

=head2 TO_JSON, TO_CBOR, FREEZE, STORABLE_freeze

What serialisers ask an object for. They die with a L<Pinterest::OAuth::Error>.

=head1 SEE ALSO

L<Pinterest::OAuth::TokenManager>, L<Pinterest::OAuth::LoginEnd>

=cut
