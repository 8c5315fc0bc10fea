package Loopback;

# A server on this machine that gives the answers it was told, one a connection, and then ends.

use 5.026;
use strict;
use warnings;
use IO::Socket::INET;

sub answering {
    my ($class, @answers) = @_;
    my $listener = IO::Socket::INET->new(Listen => 16, LocalAddr => '127.0.0.1') or die "no port: $!\n";
    pipe my $reading, my $writing or die "no pipe: $!\n";
    my $pid = fork // die "no child: $!\n";
    if (!$pid) {
        alarm 60;
        $writing->autoflush;
        for my $answer (@answers) {
            my $peer    = $listener->accept;
            my $request = receive($peer);
            print {$writing} $request, "\0";
            print {$peer} $answer;
        }
        require POSIX;
        POSIX::_exit(0);
    }
    return bless { pid => $pid, url => 'http://127.0.0.1:' . $listener->sockport, reading => $reading },
        $class;
}

sub json {
    my ($class, $status, $body, @headers) = @_;
    return join "\r\n", "HTTP/1.1 $status X", 'content-type: application/json', 'connection: close',
        'content-length: ' . length $body, @headers, q{}, $body;
}

sub receive {
    my ($peer) = @_;
    my $request = q{};
    local $/ = "\r\n\r\n";
    $request = <$peer>;
    my ($length) = $request =~ /^content-length: (\d+)/im;
    read $peer, $request, $length // 0, length $request;
    return $request;
}

sub url { my ($self) = @_; return $self->{url} }

# The next request that arrived, as bytes.
sub request {
    my ($self) = @_;
    local $/ = "\0";
    my $request = readline $self->{reading};
    chomp $request;
    return $request;
}

# It belongs to the thread that started it.
sub CLONE_SKIP { return 1 }

sub DESTROY {
    my ($self) = @_;
    local $? = 0;
    kill 'TERM', $self->{pid};
    waitpid $self->{pid}, 0;
    return;
}

1;
