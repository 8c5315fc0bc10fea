# The other classes of the generated client: without that client, and beside it.

use 5.026;
use strict;
use warnings;
use File::Path 'make_path';
use File::Temp 'tempdir';
use Test::More;
use Pinterest::OAuth::Emulator;

my $emulator = Pinterest::OAuth::Emulator->start(tls => 0);
my %here
    = (username => $emulator->app_id, password => $emulator->app_secret, base_url => $emulator->base_url);
my @roots = grep { !ref } @INC;

# The shape of a client that OpenAPI Generator writes: what its classes are made from and hold, and who makes whom.
my $real = tempdir(CLEANUP => 1);
make_path("$real/WWW/OpenAPIClient");
my %file = (
    Configuration => <<'PERL',
sub new {
    my ($class, %p) = @_;
    $p{http_timeout} //= 180;
    $p{http_user_agent} //= 'OpenAPI-Generator/1.0.0/perl';
    $p{$_} //= {} for qw(api_key api_key_prefix api_key_in);
    $p{$_} //= '' for qw(username password access_token);
    $p{base_url} //= 'https://api.pinterest.com/v5';
    return bless \%p, $class;
}
sub get_tokens { return { username => $_[0]{username} } }
PERL
    ApiClient => <<'PERL',
use WWW::OpenAPIClient::Configuration;
sub new {
    my $class = shift;
    my $config = ref $_[0] eq 'WWW::OpenAPIClient::Configuration' ? $_[0] : WWW::OpenAPIClient::Configuration->new(@_);
    return bless { ua => 'an agent', config => $config }, $class;
}
PERL
    ApiFactory => <<'PERL',
use WWW::OpenAPIClient::ApiClient;
use WWW::OpenAPIClient::OauthApi;
use WWW::OpenAPIClient::PinsApi;
sub new {
    my $class = shift;
    my $client = ref $_[0] eq 'WWW::OpenAPIClient::ApiClient' ? $_[0] : WWW::OpenAPIClient::ApiClient->new(@_);
    return bless { api_client => $client }, $class;
}
sub get_api { my ($self, $which) = @_; return "WWW::OpenAPIClient::${which}Api"->new($self->{api_client}) }
sub api_client { return $_[0]{api_client} }
PERL
    PinsApi  => 'sub new { my ($class, $client) = @_; return bless { api_client => $client }, $class }',
    OauthApi => 'sub new { die "the generated OauthApi\n" }',
);
for my $name (keys %file) {
    open my $out, '>', "$real/WWW/OpenAPIClient/$name.pm" or die "$name: $!\n";
    print {$out} "package WWW::OpenAPIClient::$name;\nuse strict;\nuse warnings;\n$file{$name}\n1;\n";
    close $out or die "$name: $!\n";
}

# What a program says, and what it writes to its errors, with these folders of modules.
sub said {
    my ($program, @folders) = @_;
    local %ENV = %ENV;
    delete @ENV{ grep { /\APINTEREST_(?!OAUTH_)/ } keys %ENV };
    $ENV{"HERE_\U$_"} = $here{$_} for keys %here;
    my $start
        = 'use strict; use warnings; open STDERR, ">&", STDOUT; my %here = map { (lc($_) => $ENV{"HERE_$_"}) } qw(USERNAME PASSWORD BASE_URL); ';
    open my $out, '-|', $^X, (map { "-I$_" } @folders), '-e', $start . $program or die;
    return join q{}, <$out>;
}

my $CALL
    = '->oauth_token(grant_type => "client_credentials", scope => "ads:read"); print join q{ }, $token->scopes';
my $USE  = join q{ }, map { "use WWW::OpenAPIClient::$_;" } qw(ApiFactory ApiClient Configuration OauthApi);
my %ways = (
    'pairs'     => '$token = WWW::OpenAPIClient::OauthApi->new(%here)',
    'a factory' => '$token = WWW::OpenAPIClient::ApiFactory->new(%here)->get_api("Oauth")',
    'a client'  => '$token = WWW::OpenAPIClient::OauthApi->new(WWW::OpenAPIClient::ApiClient->new(%here))',
    'a client in a factory' =>
        '$token = WWW::OpenAPIClient::ApiFactory->new(WWW::OpenAPIClient::ApiClient->new(%here))->get_api("Oauth")',
    'a configuration' =>
        '$token = WWW::OpenAPIClient::OauthApi->new(WWW::OpenAPIClient::Configuration->new(%here))',
    'a configuration in a client' =>
        '$token = WWW::OpenAPIClient::OauthApi->new(WWW::OpenAPIClient::ApiClient->new(WWW::OpenAPIClient::Configuration->new(%here)))',
    'more than it needs' =>
        '$token = WWW::OpenAPIClient::OauthApi->new(%here, http_timeout => 20, http_user_agent => "a", access_token => "b", api_key => {}, api_key_prefix => {}, api_key_in => {})',
);
for my $case (['alone', @roots], ['beside the generated client', @roots, $real]) {
    my ($where, @folders) = @{$case};
    for my $way (sort keys %ways) {
        is said("my \$token; $USE $ways{$way}$CALL", @folders), 'ads:read', "$where: $way";
    }
    like said(
        "$USE WWW::OpenAPIClient::ApiFactory->new(%here, http_timeout => 9999)->get_api('Oauth')",
        @folders
        ),
        qr/\Atimeout .*Fix `timeout`[.] at -e line 1/,
        "$where: a wrong time-out is named, at the line of the program";
    is said(
              "$USE \$ENV{PINTEREST_API_URI} = \$here{base_url}; \$ENV{PINTEREST_APP_ID} = \$here{username}; "
            . '$ENV{PINTEREST_APP_SECRET} = $here{password}; my $token = WWW::OpenAPIClient::ApiFactory->new'
            . "->get_api('Oauth')$CALL",
        @folders
        ),
        'ads:read', "$where: what is not given comes from the environment, not from the generator's defaults";
    my $dump = said(
        "use Data::Dumper; $USE print Dumper(WWW::OpenAPIClient::ApiFactory->new(%here)->get_api('Oauth'))",
        @folders
    );
    like $dump,   qr/OauthApi/,            "$where: a dump shows what is there";
    unlike $dump, qr/\Q$here{password}\E/, "$where: and no secret";
}

my $dump = said(
    "use Data::Dumper; $USE print Dumper(map { \"WWW::OpenAPIClient::\$_\"->new(%here) } qw(ApiFactory ApiClient Configuration))",
    @roots
);
like $dump,   qr/WWW::OpenAPIClient::ApiFactory/, 'a dump shows our own classes';
unlike $dump, qr/\Q$here{password}\E/,            'and no secret';
is said(
    "$USE print WWW::OpenAPIClient::ApiFactory->apis_available, ' ', WWW::OpenAPIClient::ApiFactory->classname_for('Oauth')",
    @roots
    ),
    'Oauth WWW::OpenAPIClient::OauthApi', 'our factory says what it has';
like said("$USE WWW::OpenAPIClient::ApiFactory->new(%here)->get_api(\$_) for 'Pins'", @roots),
    qr/\ANo known API .*Oauth.* at -e line 1/,
    'and what it has not';
is said("$USE print ref WWW::OpenAPIClient::ApiFactory->new(%here)->get_api('Pins')", @roots, $real),
    'WWW::OpenAPIClient::PinsApi', 'beside the generated client its other calls are there';
is said("$USE print WWW::OpenAPIClient::Configuration->new(%here)->get_tokens->{username}", @roots, $real),
    $emulator->app_id,
    'its classes are its own';
is said("$USE print WWW::OpenAPIClient::ApiFactory->new(%here)->get_api('Oauth')", @roots, @roots)
    =~ /OauthApi=/, 1,
    'a second copy of ours is not taken for it';
my $twice = tempdir(CLEANUP => 1);
system('cp', '-r', "$roots[0]/.", $twice) == 0 or die "cp failed\n" if -d "$roots[0]/WWW";
is said(
    "$USE print WWW::OpenAPIClient::ApiFactory->new(%here)->get_api('Pins') ? 'Pins' : q{}", $twice,
    @roots,                                                                                  $real
    ),
    'Pins',
    'nor one in another folder';
is said("$USE WWW::OpenAPIClient::ApiFactory->new(%here)->get_api('Oauth')", $real, @roots),
    "the generated OauthApi\n",
    'whichever comes first in @INC has the call';

done_testing;
