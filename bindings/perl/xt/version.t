# The module has the version of the library and needs the ABI of the header.

use 5.026;
use strict;
use warnings;
use FindBin;
use Test::More;
use Pinterest::OAuth;
use WWW::OpenAPIClient::Object::OauthApi;

my $top = "$FindBin::Bin/../../..";

sub text {
    my ($file) = @_;
    open my $in, '<', $file or die "$file: $!\n";
    local $/ = undef;
    return scalar <$in>;
}

my ($abi) = text("$top/include/pinterest_oauth.h") =~ /PINTEREST_OAUTH_ABI_VERSION (\d+)/;
like text($INC{'Pinterest/OAuth/Library.pm'}), qr/my \$ABI\s*= $abi;/,
    'the module needs the ABI of the header';

# Perl's is decimal: 0.1.0 is 0.100, with one digit for the second part and two for the third.
my ($major, $minor, $patch) = text("$top/Cargo.toml") =~ /^version = "(\d+)[.](\d)[.](\d\d?)"/m
    or die "the version of the library has no decimal: find another one that grows\n";
my $version = sprintf '%d.%d%02d', $major, $minor, $patch;
my @files   = sort grep { m{\A(?:Pinterest|WWW/OpenAPIClient)/} } keys %INC;
cmp_ok scalar @files, '>=', 8, 'the modules are loaded';
for my $file (@files) {
    my $package = $file =~ s{/}{::}gr =~ s/\.pm\z//r;
    is $package->VERSION, $version, "$package has the version of the library";
}

for my $wanted ("$major.$minor", "v$major.$minor", "$major.$minor.$patch", $version) {
    ok eval "use Pinterest::OAuth $wanted; 1", "use Pinterest::OAuth $wanted works" or diag $@;
}
my $next = $version + 0.001;
ok !eval "use Pinterest::OAuth $next; 1", "use Pinterest::OAuth $next does not";

done_testing;
