package Pinterest::OAuth::Emulator;

# Starts the emulator of the command `pinterest-oauth`, and speaks with its control port. How it answers is decided there.

use 5.026;
use strict;
use warnings;
use Carp 'croak';
use HTTP::Tiny;
use IPC::Open2 'open2';
use JSON::PP ();
use Pinterest::OAuth::Document;

our $VERSION = '0.100';

my @FACTS = qw(app_id app_secret base_url https_base_url sandbox_base_url expired_base_url wrong_host_base_url
    untrusted_base_url oauth_url proxy_url control_url clock_file ca_file);

{
    no strict 'refs';    ## no critic (ProhibitNoStrict) one accessor for each fact
    for my $name (@FACTS) {
        *{$name} = sub { return $_[0]{$name} };
    }
}

sub start {
    my ($class, %options) = @_;
    my $command = $ENV{PINTEREST_OAUTH_COMMAND} // 'pinterest-oauth';
    my $tls     = delete $options{tls}          // 1;
    my @words   = map { "--redirect-uri=$_" } @{ delete $options{redirect_uris} // [] };
    push @words, '--no-tls' if !$tls;
    my ($out, $in);
    my $pid
        = eval { open2($out, $in, $command, qw(emulator --json --until-stdin-closes --show-secret), @words); }
        or croak "$command cannot be started: PINTEREST_OAUTH_COMMAND names the command pinterest-oauth";
    my $line  = readline $out;
    my $facts = defined $line ? Pinterest::OAuth::Document::decode($line) : {};
    my $self  = bless { %{$facts}, pid => $pid, in => $in, owner => $$ }, $class;
    croak "$command did not start an emulator" if !defined $line;
    $self->switches(%options);
    return $self;
}

sub settings {
    my ($self, %options) = @_;
    return (
        trust_env => 0,
        (map { $_ => $self->{$_} } qw(app_id app_secret oauth_url)),
        base_url => $self->_base_url(%options),
        $options{https} ? (ca_file => $self->ca_file) : (),
    );
}

sub environment {
    my ($self, %options) = @_;
    return (
        PINTEREST_APP_ID     => $self->app_id,
        PINTEREST_APP_SECRET => $self->app_secret,
        PINTEREST_API_URI    => $self->_base_url(%options),
        PINTEREST_OAUTH_URI  => $self->oauth_url,
        $options{https} ? (SSL_CERT_FILE => $self->ca_file) : (),
    );
}

sub authorize {
    my ($self, %asked) = @_;
    $asked{deny} = _truth($asked{deny}) if exists $asked{deny};
    return $self->control(POST => '/authorize', \%asked);
}

# Perl does not tell 1 from true: what is true or false now stays so.
sub switches {
    my ($self, %changes) = @_;
    my $now = $self->control(GET => '/switches');
    return $now if !%changes;
    for my $name (grep { JSON::PP::is_bool($now->{$_}) } keys %changes) {
        $changes{$name} = _truth($changes{$name});
    }
    return $self->control(POST => '/switches', \%changes);
}

sub script { my ($self, @faults) = @_; return $self->control(POST => '/script', \@faults) }

sub advance {
    my ($self, $seconds) = @_;
    return $self->control(POST => '/clock', { advance => 0 + $seconds })->{now};
}
sub record   { my ($self) = @_; return $self->control(GET => '/requests') }
sub requests { my ($self) = @_; return @{ $self->record->{requests} } }
sub clear    { my ($self) = @_; return $self->control(DELETE => '/requests') }

sub reset {    ## no critic (ProhibitBuiltinHomonyms) its name in every language
    my ($self) = @_;
    return $self->control(POST => '/reset');
}

sub control {
    my ($self, $method, $path, $document) = @_;
    my $answer = HTTP::Tiny->new(timeout => 30, proxy => undef, http_proxy => undef)->request(
        $method,
        $self->control_url . $path,
        $document
        ? {
            content => Pinterest::OAuth::Document::encode($document),
            headers => { 'content-type' => 'application/json' }
            }
        : {},
    );
    my $said = eval { Pinterest::OAuth::Document::decode($answer->{content}) };
    croak "$method $path: ", ($said // {})->{error} // $answer->{content} if !$answer->{success};
    return $said;
}

sub _base_url {
    my ($self, %options) = @_;
    return $self->base_url if !$options{https};
    return $self->https_base_url // croak 'this emulator was started with tls => 0: it has no https';
}

sub _truth { my ($value) = @_; return $value ? JSON::PP::true() : JSON::PP::false() }

# It ends with the object, and with the program, whose end closes its standard input.
sub DESTROY {
    my ($self) = @_;
    return if $self->{owner} != $$;
    local ($?, $!, $@) = (0, 0, undef);
    close $self->{in};
    kill 'TERM', $self->{pid};
    waitpid $self->{pid}, 0;
    return;
}

sub CLONE_SKIP { return 1 }

1;

__END__

=encoding utf8

=head1 NAME

Pinterest::OAuth::Emulator - Pinterest's OAuth on this machine, for the tests of programs

=head1 SYNOPSIS

    use Pinterest::OAuth;
    use Pinterest::OAuth::Emulator;

    my $emulator = Pinterest::OAuth::Emulator->start(rotation => 'strict');
    my $client   = Pinterest::OAuth->new($emulator->settings);
    my $token    = $client->oauth_token(
        grant_type   => 'authorization_code',
        code         => $emulator->authorize(scope => 'pins:read')->{code},
        redirect_uri => 'http://localhost:8085/',
    );

    $emulator->script({ status => 503 });    # the next call meets this
    my %environment = $emulator->environment;
    local @ENV{ keys %environment } = values %environment;    # for programs that read it

=head1 DESCRIPTION

Modules that replace LWP or HTTP::Tiny in tests do not see the calls of L<Pinterest::OAuth>, which the C library makes.
This starts a server for them: the command C<pinterest-oauth emulator>, which C<PINTEREST_OAUTH_COMMAND> names where it is
not in C<PATH>. It listens on this machine only. Its tokens and secrets are made up. It ends with the object, or with
the program. Every method dies with a text when the emulator refuses.

C<pinterest-oauth emulator --help> explains the switches; the faults and what is recorded of a request are listed in
the emulator's own page, F<tests/emulator/README.md> of the project.

=head1 METHODS

=head2 start

    my $emulator = Pinterest::OAuth::Emulator->start(tls => 0, deny => 1);

Starts an emulator. Parameters are the switches, and:

=over

=item tls

A false value (0) leaves out what has https.

=item redirect_uris

An array reference of addresses to register besides C<http://localhost:8085/>, C<http://127.0.0.1:8085/> and
C<https://example.com/callback>.

=back

=head2 settings

The parameters with which a client of L<Pinterest::OAuth/new> calls the emulator, and nothing else. With
C<< https => 1 >> over https.

=head2 environment

The variables, as pairs, with which a program calls the emulator: those that L<Pinterest::OAuth/ENVIRONMENT> names. With
C<< https => 1 >> C<SSL_CERT_FILE> is among them.

=head2 authorize

    my $code = $emulator->authorize(redirect_uri => $redirect_uri, scope => 'pins:read')->{code};

Lets the user give access. Returns a hash reference with C<code>, and C<redirect>, the address to which the browser is
sent. Parameters, all optional: C<redirect_uri>, C<scope>, C<state>, and C<< deny => 1 >>, with which the user refuses.

=head2 script

    $emulator->script({ action => 'reset' }, { status => 503, times => 2 });

Faults that are played in place of the next answers.

=head2 switches

    $emulator->switches(rotation => 'strict');

Changes switches, if any are named, and returns all of them as a hash reference.

=head2 advance

Moves the emulator's clock by so many seconds, and those that read L</clock_file>; returns its new Unix time.

=head2 requests

The requests that have arrived, as a list of hash references.

=head2 record

A hash reference with C<requests>, and how many connections, partial requests and failed handshakes there were.

=head2 clear

Forgets the requests, and the faults that were not played.

=head2 reset

Puts everything back as at the start.

=head2 control

    $emulator->control(GET => '/health');

Asks the control port: a method, a path and optionally data to send as JSON. Returns the answer as data.

=head2 app_id, app_secret

The app's credentials.

=head2 base_url, https_base_url, sandbox_base_url

The addresses of the API. C<undef> where there is no https.

=head2 expired_base_url, wrong_host_base_url, untrusted_base_url

The API with a certificate that must be refused.

=head2 oauth_url, proxy_url, control_url

The consent page, a proxy, and the control port.

=head2 clock_file

The file for the C<clock_offset_file> of a token manager, whose clock L</advance> moves as well then.

=head2 ca_file

The file with the certificate to trust.

=cut
