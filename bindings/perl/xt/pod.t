# Help: it is well formed, and there is some for everything public.

use 5.026;
use strict;
use warnings;
use Test::More;
use Test::Pod;
use Test::Pod::Coverage;
use FindBin;

my $lib    = "$FindBin::Bin/../lib";
my @public = (
    (
        map { "Pinterest::OAuth$_" } q{},
        qw(::Token ::Error ::Emulator ::TokenManager ::Account ::Login ::LoginBegin ::LoginEnd)
    ),
    (
        map { "WWW::OpenAPIClient::$_" }
            qw(OauthApi ApiFactory ApiClient Configuration Object::OauthApi Object::OauthAccessTokenResponse)
    ),
);

pod_file_ok($_) for all_pod_files($lib);
pod_coverage_ok($_, { also_private => [qr/\ACLONE(?:_SKIP)?\z/] }, "$_ has help for everything public")
    for @public;

done_testing;
