package Asking;

# Calls that can tell whose answer they got: each asks for scopes of its own, and is granted those.

use 5.026;
use strict;
use warnings;
use Exporter 'import';

our @EXPORT_OK = qw(ask child succeeded askers_by_connection);

my @SCOPES = qw(ads:read ads:write billing:read billing:write biz_access:read biz_access:write boards:read
    boards:read_secret boards:write boards:write_secret catalogs:read catalogs:write pins:read
    pins:read_secret pins:write pins:write_secret user_accounts:read user_accounts:write);
my %PLACE     = map { $SCOPES[$_] => $_ } 0 .. $#SCOPES;
my $PER_ASKER = 1000;

sub number { my @scopes = @_; my $number = 0; $number |= 1 << $PLACE{$_} for @scopes; return $number }

# Calls so many times, and checks that every answer is the asker's.
sub ask {
    my ($client, $asker, $times) = @_;
    for my $turn (1 .. $times) {
        my $own   = $asker * $PER_ASKER + $turn;
        my $token = $client->oauth_token(
            grant_type => 'client_credentials',
            scope      => [map { $SCOPES[$_] } grep { $own >> $_ & 1 } 0 .. $#SCOPES],
        );
        my $granted = number($token->scopes);
        die "asker $own got the answer of $granted\n" if $granted != $own;
    }
    return 1;
}

# Does something in a child, which ends by itself whatever happens. It ends as Perl programs do, with DESTROY.
sub child {
    my ($work) = @_;
    my $pid = fork // die "no child: $!\n";
    return $pid if $pid;
    alarm 60;
    my $good = eval { $work->(); 1 };
    print {*STDERR} "child: $@" if !$good;
    require Test::More;
    Test::More->builder->no_ending(1);
    exit($good ? 0 : 1);
}

sub succeeded {
    my @children = @_;
    my @codes    = map { waitpid $_, 0; $? } @children;
    return !grep { $_ } @codes;
}

# Who used which connection, as the emulator saw it.
sub askers_by_connection {
    my ($emulator) = @_;
    my %askers;
    for my $request ($emulator->requests) {
        my ($scope) = map { $_->[1] } grep { $_->[0] eq 'scope' } @{ $request->{form} };
        $askers{ $request->{connection} }{ int(number(split /,/, $scope) / $PER_ASKER) }++;
    }
    return \%askers;
}

1;
