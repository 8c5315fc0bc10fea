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

my ($version) = text("$top/Cargo.toml") =~ /^version = "(.*)"/m;
my @files = sort grep { m{\A(?:Pinterest|WWW/OpenAPIClient)/} } keys %INC;
cmp_ok scalar @files, '>=', 8, 'the modules are loaded';
for my $file (@files) {
    my $package = $file =~ s{/}{::}gr =~ s/\.pm\z//r;
    is $package->VERSION, $version, "$package has the version of the library";
}

done_testing;
