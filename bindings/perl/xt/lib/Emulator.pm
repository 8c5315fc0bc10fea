package Emulator;

# Pinterest on this machine: the command of the project, and its control port.

use 5.026;
use strict;
use warnings;
use HTTP::Tiny;
use IPC::Open2 'open2';
use JSON::PP qw(decode_json encode_json);

sub start {
    my ($class, @options) = @_;
    my $command = $ENV{PINTEREST_OAUTH_COMMAND}
        or die "PINTEREST_OAUTH_COMMAND has to name the command pinterest-oauth\n";
    my $pid
        = open2(my $out, my $in, $command, qw(emulator --json --until-stdin-closes --show-secret), @options);
    my $facts = decode_json(scalar readline $out);
    return bless { %{$facts}, pid => $pid, in => $in, owner => $$ }, $class;
}

# The parameters with which a client calls here, and nowhere else.
sub settings {
    my ($self, $https) = @_;
    return (
        trust_env => 0,
        (map { $_ => $self->{$_} } qw(app_id app_secret oauth_url)),
        $https
        ? (base_url => $self->{https_base_url}, ca_file => $self->{ca_file})
        : (base_url => $self->{base_url}),
    );
}

sub script { my ($self, @faults) = @_; return $self->_control(POST => '/script', \@faults) }
sub record { my ($self) = @_; return $self->_control(GET    => '/requests') }
sub clear  { my ($self) = @_; return $self->_control(DELETE => '/requests') }

sub code {
    my ($self) = @_;
    return $self->_control(POST => '/authorize', { redirect_uri => 'http://localhost:8085/' })->{code};
}

sub _control {
    my ($self, $method, $path, $document) = @_;
    my $answer = HTTP::Tiny->new(timeout => 30)->request(
        $method, $self->{control_url} . $path,
        {
            $document
            ? (content => encode_json($document), headers => { 'content-type' => 'application/json' })
            : ()
        }
    );
    die "$method $path: $answer->{status} $answer->{content}\n" if !$answer->{success};
    return decode_json($answer->{content});
}

sub DESTROY {
    my ($self) = @_;
    return if $self->{owner} != $$;
    local $? = 0;
    close $self->{in};
    kill 'TERM', $self->{pid};
    waitpid $self->{pid}, 0;
    return;
}

1;
