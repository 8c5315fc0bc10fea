# Clients come and go: with their scope, with the program, in children, and never twice.

use 5.026;
use strict;
use warnings;
use Scalar::Util 'refaddr';
use Storable 'dclone';
use Test::More;
use Pinterest::OAuth;

my @settings = (app_id => '1', app_secret => 'made-up', trust_env => 0);
my @page     = (redirect_uri => 'http://localhost/', state => 's');
my $client   = Pinterest::OAuth->new(@settings);

for my $case ([dclone($client), 'a copy'], ['Pinterest::OAuth', 'the class']) {
    my ($what, $name) = @{$case};
    ok !eval { $what->authorize_url(@page) }, "$name is no client";
    like "$@", qr/^client was made in another thread, or copied: make one with new[.] Fix `client`[.] at /,
        'and says so';
}
ok $client->authorize_url(@page), 'which leaves the client as it was';

my $address = refaddr $client;
undef $client;
my @others;
while (@others < 100_000) {
    push @others, bless \(my $nothing), 'Pinterest::OAuth';
    last if refaddr $others[-1] == $address;
}
is refaddr $others[-1], $address, 'another object gets the address of a client that has ended';
ok !eval { $others[-1]->authorize_url(@page) }, 'and not the client';

{

    package Own;
    use parent -norequire, 'Pinterest::OAuth';
}
is(Own->new(@settings)->authorize_url(@page)->{state}, 's', 'a class of your own can inherit');

for my $ending ('exit 0', 'undef $client', 'die bless {}, "Quiet"', 'fork or exit 0; wait; exit $?', '1') {
    my $program
        = 'use warnings; use Pinterest::OAuth; { package Quiet; use overload q("") => sub { "" } } '
        . 'our $client = Pinterest::OAuth->new(app_id => 1, trust_env => 0); our $self = [$client]; push @{$self}, $self; '
        . "END { \$? = 0 } $ending";
    my $said = qx{"$^X" @{[map {"-I$_"} grep { !ref } @INC]} -e '$program' 2>&1};
    is "$said$?", '0', "a program that ends with '$ending' ends quietly";
}

done_testing;
