# Help: it is well formed, and there is some for everything public.

use 5.026;
use strict;
use warnings;
use Test::More;
use Test::Pod;
use Test::Pod::Coverage;
use FindBin;

my $lib    = "$FindBin::Bin/../lib";
my @public = qw(Pinterest::OAuth Pinterest::OAuth::Token Pinterest::OAuth::Error WWW::OpenAPIClient::OauthApi
    WWW::OpenAPIClient::Object::OauthApi WWW::OpenAPIClient::Object::OauthAccessTokenResponse);

pod_file_ok($_) for all_pod_files($lib);
pod_coverage_ok($_, { also_private => [qr/\ACLONE\z/] }, "$_ has help for everything public") for @public;

done_testing;
