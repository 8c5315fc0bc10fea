#!/usr/bin/env perl
# The Perl driver of the conformance cases: the public modules of Pinterest::OAuth and nothing else.

use 5.026;
use strict;
use warnings;
use JSON::PP ();
use Pinterest::OAuth;
use Pinterest::OAuth::TokenManager;

my $JSON    = JSON::PP->new->utf8->allow_bignum->canonical->convert_blessed;
my $CENTURY = 100 * 365 * 86_400;

# A number is as good as its text to Perl: one in the place of a text is given as what Perl does tell from
# text, a reference.
sub arguments {
    my ($document) = @_;
    my %named = %{$document};
    for my $name (grep { $_ !~ /timeout\z/ && is_number($named{$_}) } keys %named) {
        $named{$name} = \$document->{$name};
    }
    $named{token} = Pinterest::OAuth::Token->from_json($JSON->encode($named{token}))
        if ref $named{token} eq 'HASH';
    return %named;
}

sub is_number {
    my ($value) = @_;
    return ref $value ? ref($value) =~ /\AMath::Big/ : defined $value && $JSON->encode([$value]) !~ /"/;
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
    );
}

# What is done with a token manager and its accounts.
my %MANAGED = (
    access_token => sub { my ($account, %given) = @_; return $account->access_token($given{scopes} // ()) },
    access_token_now => sub { my ($account) = @_; return $account->access_token_now },
    rejected         => sub {
        my ($account, %given) = @_;
        return $account->rejected($given{access_token}, map { ${$_} } $given{code} // ());
    },
    import      => sub { my ($account, %given) = @_; $account->import_token($given{token}); return {} },
    export      => sub { my ($account) = @_; return $account->export_token },
    rename      => sub { my ($account, %given) = @_; $account->rename($given{new_name}); return {} },
    unsaved     => sub { my ($account) = @_; return { token => $account->unsaved } },
    refresh_due => sub {
        my ($manager, %given) = @_;
        return $manager->refresh_due(map { (parallel => ${$_}) } $given{parallel} // ());
    },
    accounts => sub { my ($manager) = @_; return { accounts => [$manager->accounts] } },
);

# The manager is made anew for each call.
sub managed {
    my ($whose, $operation, $config, $request) = @_;
    my %given   = arguments($request);
    my $manager = Pinterest::OAuth::TokenManager->new(arguments($config));
    my %of      = (
        manager => sub { return $manager },
        app     => sub { return $manager->app(delete $given{scopes}) },
        account => sub { return $manager->account(exists $given{account} ? delete $given{account} : ()) },
    );
    my $object = $of{$whose}->();
    my $done   = $MANAGED{$operation};
    my $answer = $done ? $done->($object, %given) : $object->$operation(%given);
    return $JSON->encode($answer) if ref $answer eq 'HASH';
    return shown($answer) =~ s/"answer":null,//r if ref $answer;
    return $JSON->encode({ access_token => $answer });
}

# A token's document, with how the call went and what its methods say.
sub shown {
    my ($token) = @_;
    my %more = (
        answer                   => $token->answer,
        is_expired               => truth($token->is_expired),
        expires_within_a_century => truth($token->expires_within($CENTURY)),
    );
    return $token->to_json =~ s/}\z/,/r . substr $JSON->encode(\%more), 1;
}

sub truth {
    my ($value) = @_;
    return defined $value ? $value ? JSON::PP::true : JSON::PP::false : undef;
}

# What is no token.
my %ANSWER = (
    revoke        => sub { return { answer => $_[0] } },
    authorize_url => sub { return $_[0] },
    redirect      => sub { return { code => $_[0], state => $_[1]{state} } },
);

my $kept;

sub call {
    my ($operation, $config, $request) = @_;
    return managed($1, $2, $config, $request) if $operation =~ /\A(account|app|manager)[.](\w+)\z/;
    return shown(oneshot($config, $request)) if $operation eq 'oneshot';
    return shown(Pinterest::OAuth::Token->from_json($request->{token})) if $operation eq 'token_read';
    my $reuse  = $operation =~ s/\Areuse://;
    my $client = 'Pinterest::OAuth';
    if ($operation ne 'redirect') {
        $kept   = $client->new(arguments($config)) if !$reuse || !$kept;
        $client = $kept;
    }
    my $answer = $client->$operation(arguments($request));
    return $ANSWER{$operation} ? $JSON->encode($ANSWER{$operation}->($answer, $request)) : shown($answer);
}

# Three lines in, one line out, until standard input ends.
my $descriptor = $ENV{CONFORMANCE_FD} // 3;
open my $results, '>&=', $descriptor    ## no critic (RequireBriefOpen) it is written to until the end
    or die "no descriptor for the results: $!\n";
$results->autoflush;
while (defined(my $operation = readline STDIN)) {
    my @documents = map { $JSON->decode(scalar readline STDIN) } 1, 2;
    chomp $operation;
    my $line = eval { '{"ok":' . call($operation, @documents) . '}' };
    if (!defined $line) {
        my $error = $@;
        die $error if !ref $error;
        $line = '{"error":' . $error->to_json . '}';
    }
    say {$results} $line;
}
