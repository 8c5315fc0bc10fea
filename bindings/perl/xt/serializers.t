# What the serialisers of others write of a token: nothing, and not null either.

use 5.026;
use strict;
use warnings;
use Cpanel::JSON::XS ();
use JSON::PP         ();
use JSON::XS         ();
use Mojo::JSON       ();
use Storable         ();
use Test::More;
use Pinterest::OAuth;
use Pinterest::OAuth::TokenManager;
use WWW::OpenAPIClient::OauthApi;

my $CANARY = 'c4nary';
my $token  = Pinterest::OAuth::Token->from_json(
    qq({"access_token":"pina_$CANARY","refresh_token":"pinr.$CANARY","new":"$CANARY"}));
my $own = bless Pinterest::OAuth::Token->from_json($token->to_json),
    'WWW::OpenAPIClient::Object::OauthAccessTokenResponse';

my %writes = (
    'Mojo::JSON'             => \&Mojo::JSON::encode_json,
    'Mojo::JSON, to_json'    => \&Mojo::JSON::to_json,
    'Mojo::JSON, without XS' => \&Mojo::JSON::_encode_value,
    'Storable'               => \&Storable::freeze,
    'Storable, dclone'       => \&Storable::dclone,
    'JSON::XS, tags'         => sub { JSON::XS->new->allow_tags->encode($_[0]) },
    'Cpanel::JSON::XS, tags' => sub { Cpanel::JSON::XS->new->allow_tags->encode($_[0]) },
    map {
        my $class = $_;
        ("$class, whatever it is" =>
                sub { $class->new->allow_blessed->convert_blessed->allow_unknown->encode($_[0]) })
    } qw(JSON::PP JSON::XS Cpanel::JSON::XS),
);
for my $name (sort keys %writes) {
    for my $thing ({ token => $token }, [$own]) {
        my $written = eval { $writes{$name}->($thing) };
        is $written, undef, "$name writes nothing";
        isa_ok $@, 'Pinterest::OAuth::Error::InvalidArgument', 'it says why:';
        is_deeply [$@->field, $@->file], ['token', __FILE__], 'and where';
        like "$@", qr/to_json/, 'and what to do';
    }
}

# A manager and its accounts are written by nobody, and of an error only what it says.
my $manager = Pinterest::OAuth::TokenManager->new(
    app_id => 1, app_secret => $CANARY, trust_env => 0,
    store  => ':memory:'
);
my %objects = (manager => $manager, account => $manager->account->import_token($token));
for my $name (sort keys %writes) {
    for my $what (sort keys %objects) {
        is eval { $writes{$name}->([$objects{$what}]) }, undef, "$name writes no $what";
        is_deeply [$@->field, $@->file], [$what, __FILE__], 'and the error says where';
    }
    my $written = eval { $writes{$name}->([Pinterest::OAuth::Error::NotSaved->new(token => $token)]) };
    unlike ref $written ? 'a copy' : $written // "$@", qr/$CANARY/, "$name writes no token of an error";
}

# Those that ask no object either refuse, or write null where they are told to: never a secret.
for my $class (qw(JSON::PP JSON::XS Cpanel::JSON::XS)) {
    ok !eval { $class->new->encode([$token]) }, "$class refuses objects";
    is $class->new->allow_blessed->encode([$token]), '[null]', 'or writes what it was told';
}

ok !eval { Pinterest::OAuth::Token->from_json('{}') }, 'an error is no secret:';
my $written = Mojo::JSON::encode_json({ error => $@ });
is Mojo::JSON::decode_json($written)->{error}{kind}, 'invalid_argument', 'it is written with what it says';

done_testing;
