#!/usr/bin/perl
# Calls from Perl. Usage: client.pl WHAT MODE, or client.pl versions; README.md says what the modes do.
# Each loads what it needs and no more. All encode the form and take the access token out of the JSON, with
# the quickest JSON module there is.
use strict;
use warnings;

my $LIMIT   = 30;
my $WARM_UP = 100;
my $KIND    = 'application/x-www-form-urlencoded';

my ($what, $mode) = @ARGV;
my $url         = ($ENV{BENCH_URL} // '') . '/oauth/token';
my @pair        = @ENV{qw(PINTEREST_APP_ID PINTEREST_APP_SECRET)};
my $authorities = $ENV{SSL_CERT_FILE};    # not all read it themselves
my %form
    = ($mode // '') eq 'many'
    ? (grant_type => 'refresh_token', refresh_token => 'pinr.benchmark.benchmark.benchmark')
    : (grant_type => 'client_credentials');

my %contestants = (
    'bare interpreter'         => sub { sub {'nothing'} },
    'ours'                     => \&ours,
    'raw socket'               => \&raw_socket,
    'WWW::Curl'                => \&www_curl,
    'HTTP::Tiny'               => \&http_tiny,
    'HTTP::Tiny, TCP_NODELAY'  => \&http_tiny_no_delay,
    'LWP'                      => \&lwp,
);

sub ours {
    require Pinterest::OAuth;
    my $client = Pinterest::OAuth->new(
        app_id     => $pair[0],
        app_secret => $pair[1],
        base_url   => $ENV{BENCH_URL},
        ca_file    => $ENV{BENCH_CA_FILE},
    );
    return sub { $client->oauth_token(%form)->access_token };
}

sub raw_socket {
    require IO::Socket::INET;
    require Socket;
    my ($address, $path) = $url =~ m{^http://([^/]+)(.*)} or die "http only\n";
    my $socket = IO::Socket::INET->new(PeerAddr => $address) or die "no connection: $!\n";
    $socket->setsockopt(Socket::IPPROTO_TCP(), Socket::TCP_NODELAY(), 1);
    my $basic = basic();
    return sub {
        my $body   = encoded();
        my $length = length $body;
        syswrite $socket, "POST $path HTTP/1.1\r\nhost: $address\r\nauthorization: $basic\r\n"
            . "content-type: $KIND\r\ncontent-length: $length\r\n\r\n$body";
        my ($answer, $whole) = ('', undef);
        while (!$whole || length $answer < $whole) {
            sysread $socket, $answer, 4096, length $answer or die "no answer\n";
            $whole = $+[0] + $1 if $answer =~ /^content-length: (\d+)\r\n(?:.+\r\n)*\r\n/m;
        }
        return token(substr $answer, index($answer, "\r\n\r\n") + 4);
    };
}

sub www_curl {
    require WWW::Curl::Easy;
    my $curl   = WWW::Curl::Easy->new;
    my $option = sub { my $name = "CURLOPT_$_[0]"; $curl->setopt($curl->$name, $_[1]) };
    $option->(URL      => $url);
    $option->(USERPWD  => join ':', @pair);
    $option->(TIMEOUT  => $LIMIT);
    $option->(NOSIGNAL => 1);
    $option->(CAINFO   => $authorities) if $authorities;
    my ($fields, $into) = map { WWW::Curl::Easy->$_ } qw(CURLOPT_POSTFIELDS CURLOPT_WRITEDATA);
    return sub {
        my $answer = '';
        $curl->setopt($fields, encoded());
        $curl->setopt($into,   \$answer);
        $curl->perform == 0 or die 'no answer: ', $curl->errbuf, "\n";
        return token($answer);
    };
}

sub http_tiny {
    require HTTP::Tiny;
    my $tls   = { $authorities ? (SSL_ca_file => $authorities) : () };
    my $http  = HTTP::Tiny->new(timeout => $LIMIT, verify_SSL => 1, SSL_options => $tls);
    my $basic = basic();
    return sub { token($http->post_form($url, \%form, { headers => { authorization => $basic } })->{content}) };
}

sub http_tiny_no_delay {
    require HTTP::Tiny;
    require Socket;
    my $connect = HTTP::Tiny::Handle->can('connect');
    no warnings qw(redefine once);
    *HTTP::Tiny::Handle::connect = sub {
        my $handle = $connect->(@_);
        setsockopt $handle->{fh}, Socket::IPPROTO_TCP(), Socket::TCP_NODELAY(), 1;
        return $handle;
    };
    return http_tiny();
}

sub lwp {
    require LWP::UserAgent;
    my $agent = LWP::UserAgent->new(keep_alive => 1, timeout => $LIMIT);
    $agent->ssl_opts(SSL_ca_file => $authorities) if $authorities;
    my $basic = basic();
    return sub { token($agent->post($url, \%form, authorization => $basic)->content) };
}

sub basic {
    require MIME::Base64;
    return 'Basic ' . MIME::Base64::encode_base64(join(':', @pair), '');
}

sub encoded {
    return join '&', map { "$_=" . ($form{$_} =~ s/([^A-Za-z0-9_.~-])/sprintf '%%%02X', ord $1/egr) } keys %form;
}

sub token {
    my ($json) = @_;
    require Cpanel::JSON::XS;
    return Cpanel::JSON::XS::decode_json($json)->{access_token} // die "no token\n";
}

sub many {
    my ($call) = @_;
    require Time::HiRes;
    my ($wall, $cpu) = (Time::HiRes::CLOCK_MONOTONIC(), Time::HiRes::CLOCK_PROCESS_CPUTIME_ID());
    $call->() for 1 .. $WARM_UP;
    local $| = 1;
    while (my $calls = <STDIN>) {
        my @times;
        my $spent = Time::HiRes::clock_gettime($cpu);
        for (1 .. $calls) {
            my $before = Time::HiRes::clock_gettime($wall);
            $call->();
            push @times, Time::HiRes::clock_gettime($wall) - $before;
        }
        unshift @times, Time::HiRes::clock_gettime($cpu) - $spent;
        print '[', join(',', map { int $_ * 1e9 } @times), "]\n";
    }
    return;
}

sub versions {
    require FFI::Platypus;
    require WWW::Curl;
    require HTTP::Tiny;
    require LWP;
    require LWP::Protocol::https;
    require Cpanel::JSON::XS;
    my @modules = qw(FFI::Platypus WWW::Curl HTTP::Tiny LWP Cpanel::JSON::XS);
    return join ', ', sprintf('Perl %vd', $^V), map { "$_ " . $_->VERSION } @modules;
}

if ($what eq 'versions') {
    print versions(), "\n";
    exit;
}
my $call = ($contestants{$what} // die "no such contestant: $what\n")->();
if ($mode eq 'many') {
    many($call);
} elsif (!$call->()) {
    die "no token\n";
}
