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

delete @ENV{ qw(SSL_CERT_FILE SSL_CERT_DIR PERL5LIB PERL5OPT), grep { /\APINTEREST_/ } keys %ENV };
$ENV{PINTEREST_OAUTH_COMMAND} = "$target/debug/pinterest-oauth";

system('prove', 'xt/distribution.t') == 0 or exit 1;

$ENV{PERL5LIB}               = "$target/perl/prefix/lib/perl5";
$ENV{PINTEREST_OAUTH_PREFIX} = "$target/perl/prefix";
my @tests = grep { $_ ne 'xt/distribution.t' } glob('xt/leak.t xt/*.t t/*.t');
my %seen;
exit(system('prove', '-j3', grep { !$seen{$_}++ } @tests) == 0 ? 0 : 1);
