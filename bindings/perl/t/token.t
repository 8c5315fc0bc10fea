# Tokens: what they give, and that nothing is lost on the way to a store and back.

use 5.026;
use strict;
use warnings FATAL => 'all';
use utf8;
use JSON::PP ();
use Test::More;
use Pinterest::OAuth;

my $JSON = <<'JSON';
{"access_token":"pina_a","expires_in":"60","refresh_token":"pinr.b","scope":"pins:read,ads:read pins:read",
 "big":123456789012345678901234567890,"float":1.10,"text":"grüße 例 📌","data":{"a":[1,null,true]},"none":null}
JSON

sub token { return Pinterest::OAuth::Token->from_json(@_) }

my $token = token($JSON);
is $token->access_token,  'pina_a',                       'a token has an access token';
is $token->token_type,    'bearer',                       'a type';
is $token->expires_in,    60,                             'a lifetime';
is $token->refresh_token, 'pinr.b',                       'a refresh token';
is $token->scope,         'pins:read,ads:read pins:read', 'the scopes as they came';
is_deeply [sort $token->scopes], ['ads:read', 'pins:read'], 'and as a list, each once';
is $token->refresh_token_rotated, q{}, 'a stored answer has not rotated';
is $token->$_, undef, "$_ is undef where nothing is known"
    for qw(expires_at refresh_token_expires_in refresh_token_expires_at response_type obtained_at);
is_deeply [sort keys %{ $token->extra }], [qw(big data float none text)], 'what is not known is kept';
is $token->extra->{text}, 'grüße 例 📌', 'with its text';
$token->extra->{text}           = 'changed';
$token->to_hash->{access_token} = 'changed';
is $token->extra->{text}, 'grüße 例 📌', 'what is handed out is a copy';
is $token->access_token,  'pina_a',    'and so is the hash';

my $stored = $token->to_json;
like $stored, qr/\A[\x20-\x7e]+\z/,                                    'to_json is ASCII';
like $stored, qr/"big":123456789012345678901234567890,"float":1\.10,/, 'numbers keep their digits';
like $stored, qr/"text":"gr\\u00fc\\u00dfe \\u4f8b \\ud83d\\udccc"/,   'text beyond ASCII is escaped';
is token($stored)->to_json, $stored, 'what was stored reads back to the letter';
is_deeply token($stored)->to_hash,                 $token->to_hash, 'and means the same';
is_deeply [token('{"access_token":"a"}')->scopes], [],              'without scopes the list is empty';
is token('{"access_token":"a"}')->refresh_token, undef, 'a token may come without a refresh token';

my $half = '"\ud83dz"';
my $odd  = token(qq({"access_token":"a","x":$half}));
is $odd->access_token,            'a',           'half a character does not hide a token';
is $odd->extra->{x},              $half,         'its value is what was written';
is token($odd->to_json)->to_json, $odd->to_json, 'and stays so when stored';

for my $case (
    [undef,                               'nothing'],
    [qq({"access_token":"a"}\0x),         'an object and more'],
    [{},                                  'a hash'],
    ["{\"access_token\":\"\x{110000}\"}", 'text beyond Unicode']
) {
    my ($text, $what) = @{$case};
    no warnings;
    ok !eval { token($text) }, "$what is no token";
    is_deeply [ref $@, $@->field], ['Pinterest::OAuth::Error::InvalidArgument', 'token'],
        'and the error says so';
}

{

    package Wallet;
    use parent -norequire, 'Pinterest::OAuth::Token';
}
isa_ok(Wallet->from_json('{"access_token":"a"}'), 'Wallet', 'a token of a subclass');

done_testing;
