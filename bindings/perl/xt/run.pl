#!/usr/bin/env perl

# Every test of Perl: makes and installs the distribution in target/perl, then tests what was installed.

use 5.026;
use strict;
use warnings;
use Cwd 'abs_path';
use FindBin;

my $perl   = "$FindBin::Bin/..";
my $target = abs_path("$perl/../../target");
chdir $perl or die "$perl: $!\n";

# Nothing of the machine steers the tests. What leads out of it is handed on to those that build, under the
# names of tests/harness/environment.py, which cleans the suites.
my $FETCHES = qr/_PROXY\z|\A(?:SSL_CERT_FILE|SSL_CERT_DIR)\z/i;
for my $name (grep { /$FETCHES/ && !/\AUSERS_/ } keys %ENV) {
    my $value = delete $ENV{$name};
    $ENV{"USERS_$name"} //= $value;
}
delete @ENV{ 'REQUEST_METHOD', grep { /\A(?:PINTEREST_|PERL5|RUST_)/ } keys %ENV };
$ENV{PINTEREST_OAUTH_COMMAND} = "$target/debug/pinterest-oauth";

system('prove', 'xt/distribution.t') == 0 or exit 1;

$ENV{PERL5LIB}               = "$target/perl/prefix/lib/perl5";
$ENV{PINTEREST_OAUTH_PREFIX} = "$target/perl/prefix";
my @tests = grep { $_ ne 'xt/distribution.t' } glob('xt/leak.t xt/*.t t/*.t');
my %seen;
exit(system('prove', '-j3', grep { !$seen{$_}++ } @tests) == 0 ? 0 : 1);
