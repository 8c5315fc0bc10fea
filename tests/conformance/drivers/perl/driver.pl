#!/usr/bin/env perl
# The Perl driver of the conformance cases: the public module Pinterest::OAuth and nothing else.

use 5.026;
use strict;
use warnings;
use JSON::PP ();
use Pinterest::OAuth;

my $JSON = JSON::PP->new->utf8->allow_bignum->canonical;

# Perl counts in seconds. A number is as good as text to Perl, so that one in the place of a text is
# given as what Perl does tell from text: a reference.
sub arguments {
    my ($document) = @_;
    my %named;
    for my $name (keys %{$document}) {
        my $value = $document->{$name};
        if ($name =~ /\A(.*timeout)_ms\z/) {
            my $own = $1;
            $named{$own} = is_number($value) ? $value / 1000 : $value;
        }
        else {
            $named{$name} = is_number($value) ? \$value : $value;
        }
    }
    return %named;
}

sub is_number {
    my ($value) = @_;
    return defined $value && !ref $value && $JSON->encode([$value]) !~ /"/;
}

# The four-argument call: everything but the credentials comes from the environment.
sub oneshot {
    my ($config, $request) = @_;
    local @ENV{qw(PINTEREST_API_URI SSL_CERT_FILE)} = @{$config}{qw(base_url ca_file)};
    delete $ENV{SSL_CERT_FILE} if !defined $config->{ca_file};
    return Pinterest::OAuth::oauth_token(
        grant_type => $request->{grant_type},
        app_id     => $request->{user},
        app_secret => $request->{pass},
    )->to_json;
}

my %OPERATION = (
    token => sub {
        my ($client, %fields) = @_;
        $fields{token} = Pinterest::OAuth::Token->from_json($JSON->encode($fields{token}))
            if ref $fields{token};
        return $client->oauth_token(%fields)->to_json;
    },
    revoke           => sub { my $client = shift; $client->revoke(@_); return '{}' },
    conversion_token => sub { my $client = shift; return $client->conversion_token(@_)->to_json },
    authorize_url    => sub { my $client = shift; return $JSON->encode($client->authorize_url(@_)) },
    redirect         => sub {
        my ($client, %fields) = @_;
        return $JSON->encode({ code => $client->redirect(%fields), state => $fields{state} });
    },
);

# Three lines in, one line out, until standard input ends.
my $descriptor = $ENV{CONFORMANCE_FD} // 3;
open my $results, '>&=', $descriptor    ## no critic (RequireBriefOpen) it is written to until the end
    or die "no descriptor for the results: $!\n";
$results->autoflush;
my $kept;
while (defined(my $operation = readline STDIN)) {
    my ($config, $request) = map { $JSON->decode(scalar readline STDIN) } 1, 2;
    chomp $operation;
    my $reuse = $operation =~ s/\Areuse://;
    my $line  = eval {
        my $answer;
        if ($operation eq 'oneshot') {
            $answer = oneshot($config, $request);
        }
        elsif ($operation eq 'token_read') {
            $answer = Pinterest::OAuth::Token->from_json($request->{token})->to_json;
        }
        else {
            $kept   = Pinterest::OAuth->new(arguments($config)) if !$reuse || !$kept;
            $answer = $OPERATION{$operation}->($kept, arguments($request));
        }
        qq({"ok":$answer});
    };
    if (!defined $line) {
        my $error = $@;
        die $error if !ref $error;
        $line = '{"error":' . $error->to_json . '}';
    }
    say {$results} $line;
}
