# What is tested is what was installed, and it alone.

use 5.026;
use strict;
use warnings;
use Test::More;
use Pinterest::OAuth;
use WWW::OpenAPIClient::Object::OauthApi;

my $prefix = $ENV{PINTEREST_OAUTH_PREFIX} or plan skip_all => 'not run by xt/run.pl';
my @loaded = grep { m{\A(?:Pinterest|WWW)/} } keys %INC;
cmp_ok scalar @loaded, '>=', 8, 'the modules are loaded';
is_deeply [grep { index $INC{$_}, "$prefix/" } @loaded], [], 'all of them from the prefix';
is index(Pinterest::OAuth::Library::path(), "$prefix/"), 0, 'the library as well';

is_deeply [grep { /\A(?:REQUEST_METHOD|SSL_CERT_.*|(?!USERS_).*_PROXY)\z/i } keys %ENV], [],
    'nothing of the machine steers what is tested';

done_testing;
