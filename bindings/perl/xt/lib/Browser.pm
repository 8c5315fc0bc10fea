package Browser;

# A browser as a login meets one: it navigates, keeps cookies, and its person clicks on Pinterest's page.

use 5.026;
use strict;
use warnings;
use Exporter 'import';
use HTTP::Tiny;
use IO::Socket::IP;

our @EXPORT_OK = qw(free_port);

my %NAVIGATION = ('sec-fetch-mode' => 'navigate', 'sec-fetch-dest' => 'document');

# A port that is free on both addresses of localhost. Above 32,767 the system gives it to whoever asks for any.
sub free_port {
    while (1) {
        my $port = 20_000 + int rand 10_000;
        next if !IO::Socket::IP->new(LocalHost => '127.0.0.1', LocalPort => $port, Listen => 1);
        my $six = IO::Socket::IP->new(LocalHost => '::1', LocalPort => $port, Listen => 1);
        return $port if $six || !IO::Socket::IP->new(LocalHost => '::1', Listen => 1);
    }
}

sub new { my ($class) = @_; return bless { cookies => {} }, $class }

sub cookies { my ($self) = @_; return $self->{cookies} }

sub get {
    my ($self, $address) = @_;
    return $self->ask(GET => $address, \%NAVIGATION);
}

sub ask {
    my ($self, $method, $address, $headers) = @_;
    my $cookies = join '; ', map { "$_=$self->{cookies}{$_}" } sort keys %{ $self->{cookies} };
    my $answer
        = HTTP::Tiny->new(max_redirect => 0, timeout => 30, proxy => undef, http_proxy => undef)->request(
        $method, $address,
        { headers => { %{ $headers // {} }, $cookies ? (cookie => $cookies) : () } }
        );
    my $set = $answer->{headers}{'set-cookie'} // [];
    for my $cookie (ref $set ? @{$set} : $set) {
        my ($name, $value, $attributes) = $cookie =~ /\A([^=]+)=([^;]*)(.*)\z/s;
        if ($attributes =~ /Max-Age=0\b/) {
            delete $self->{cookies}{$name};
        }
        else {
            $self->{cookies}{$name} = $value;
        }
    }
    return $answer;
}

# What the person decides on Pinterest's page; the address to which Pinterest sends the browser.
sub decide {
    my ($self, $page, $decision) = @_;
    my ($place, $query) = $page =~ /\A([^?]+)[?](.*)\z/ or die "no page of Pinterest: $page\n";
    my $answer = HTTP::Tiny->new(max_redirect => 0, proxy => undef, http_proxy => undef)->post(
        $place,
        {
            content => "$query&decision=$decision",
            headers => { 'content-type' => 'application/x-www-form-urlencoded' }
        }
    );
    return $answer->{headers}{location} // die "Pinterest sent nobody back: $answer->{status}\n";
}

# From the page that begins a login to the one that ends it: the last answer.
sub log_in {
    my ($self, $address, $decision) = @_;
    my $page = $self->get($address)->{headers}{location};
    return $self->get($self->decide($page, $decision // 'allow'));
}

1;
