package Pinterest::OAuth::Agent;

# Gives the requests of an LWP::UserAgent an account's access token, by the handlers that LWP has for this.

use 5.026;
use strict;
use warnings;
use Hash::Util::FieldHash 'fieldhash';
use Scalar::Util 'blessed';
use Pinterest::OAuth::Document;
use Pinterest::OAuth::Error;

our $VERSION = '0.100';

my $OWNER = __PACKAGE__;

# The kinds of errors with which nothing was tried, as it was a moment ago: the answer itself says enough.
my %ANSWERED = map { $_ => 1 } qw(invalid_token store_busy);

# The access token that a request was sent with, and the requests that were sent for the second time.
fieldhash my %sent;
fieldhash my %again;

sub attach {
    my ($account, $agent, @options) = splice @_;
    if (!blessed $agent || !$agent->can('add_handler')) {
        Pinterest::OAuth::Error->_refuse('agent', 'must be an LWP::UserAgent');
    }
    my $base    = Pinterest::OAuth::Document::option('attach', 'base_url', @options);
    my $belongs = $base ? _of($base) : \&_of_pinterest;
    my %handler = (
        request_send      => sub { return _send($account, $belongs, @_) },
        response_done     => sub { my ($response) = @_; return _done($response) },
        response_redirect => sub { my ($response) = @_; return _repeated($account, $response) },
    );
    detach($agent);
    $agent->add_handler($_ => $handler{$_}, owner => $OWNER) for sort keys %handler;
    return $agent;
}

sub detach { my ($agent) = @_; return $agent->remove_handler(undef, owner => $OWNER) }

# What belongs to Pinterest's API.
sub _of_pinterest {
    my ($address) = @_;
    return $address->scheme eq 'https' && $address->host =~ /(?:\A|[.])pinterest[.]com\z/i;
}

# What has the origin of this address.
sub _of {
    my ($base) = @_;
    require URI;
    my $own = URI->new($base);
    if (($own->scheme // q{}) !~ /\Ahttps?\z/) {
        Pinterest::OAuth::Error->_refuse('base_url', 'must be an http or https address');
    }
    return sub {
        my ($address) = @_;
        return $address->scheme eq $own->scheme && lc $address->host_port eq lc $own->host_port;
    };
}

# A header that the program has set stays.
sub _send {
    my ($account, $belongs, $request) = @_;
    my $address = $request->uri;
    return if ($address->scheme // q{}) !~ /\Ahttps?\z/ || !$belongs->($address);
    return if defined $request->header('Authorization');
    $sent{$request} = $account->access_token;
    $request->header(Authorization => "Bearer $sent{$request}");
    return;
}

# Nobody finds the token in a request: neither the server that LWP is redirected to, nor a dump.
sub _done {
    my ($response) = @_;
    my $request = $response->request;
    $request->remove_header('Authorization') if defined $sent{$request};
    return;
}

# The request that is sent once more. A body that is read piece by piece is gone.
sub _repeated {
    my ($account, $response) = @_;
    my $request = $response->request;
    my $token   = delete $sent{$request} // return;
    return if $response->code != 401 || $again{$request} || ref ${ $request->content_ref };
    my $said = eval { Pinterest::OAuth::Document::decode($response->decoded_content(charset => 'none')) };
    return if ref $said ne 'HASH' || ($said->{code} // q{}) ne '2';
    if (!eval { $account->rejected($token, 2); 1 }) {
        my $error = $@;
        return if ref $error && $ANSWERED{ $error->kind };
        die $error;
    }
    my $next = $request->clone;
    $again{$next} = 1;
    return $next;
}

1;
