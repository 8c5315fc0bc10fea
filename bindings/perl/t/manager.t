# The token manager without a server: names, parameters, what it shows of itself, and how it comes and goes.

use 5.026;
use strict;
use warnings;
use Data::Dumper 'Dumper';
use JSON::PP ();
use Storable ();
use Test::More;
use Pinterest::OAuth::TokenManager;

{

    package Text;
    use overload q{""} => sub { return ${ $_[0] } }, fallback => 1;
}

my $CANARY   = 'c4nary';
my @settings = (app_id => '1', app_secret => "$CANARY-secret", trust_env => 0, store => ':memory:');
my $manager  = Pinterest::OAuth::TokenManager->new(@settings, base_url => 'http://127.0.0.1:9');
my $token
    = Pinterest::OAuth::Token->from_json(
    qq({"access_token":"pina_$CANARY","refresh_token":"pinr.$CANARY","expires_in":1000000,"scope":"pins:read"})
    );
my $account = $manager->account('shop-42')->import_token($token);

# Names.
is $manager->account->name,                    'default',      'without a name the account is default';
is $account->name,                             'shop-42',      'an account has its name';
is $manager->account(42)->name,                42,             'a number is as good as its text';
is $manager->app('ads:read')->name,            q{},            'the app itself has none';
is $manager->account('shop-42')->access_token, "pina_$CANARY", 'two handles are one account';
is $manager->account(bless \(my $name = 'shop-42'), 'Text')->access_token, "pina_$CANARY",
    'an object is its text';
$manager->account("b\x{e4}r \x{1F4CC}")->import_token($token);
is_deeply [map { $_->{account} } $manager->accounts], ["b\x{e4}r \x{1F4CC}", 'shop-42'], 'names are text';

# Mistakes, at the line of the program, in its words.
my @long = ('x' x 1025);
for my $case (
    [account      => 'must be text, and not undef',      sub { $manager->account(undef) }],
    [account      => 'must be text',                     sub { $manager->account([]) }],
    [account      => 'must not be empty',                sub { $manager->account(q{}) }],
    [account      => 'must have at most 1,024 bytes',    sub { $manager->account(@long) }],
    [account      => 'must not have control characters', sub { $manager->account("a\nb") }],
    [account      => 'must not contain NUL',             sub { $manager->account("shop-42\0") }],
    [account      => 'must be Unicode text',             sub { no warnings; $manager->account("\x{D800}") }],
    [scopes       => 'must be text, and not undef',      sub { $manager->app(undef) }],
    [scopes       => 'must be text',                     sub { $account->access_token({}) }],
    [scopes       => 'must be text, and not undef',      sub { $account->access_token(['a:b', undef]) }],
    [access_token => 'must be text, and not undef',      sub { $account->rejected(undef) }],
    [code     => 'must be a whole number: the code of the answer', sub { $account->rejected('t', 'two') }],
    [token    => qr/must be a Pinterest::OAuth::Token/,            sub { $account->import_token('pina_x') }],
    [new_name => 'must be text, and not undef',                    sub { $account->rename(undef) }],
    [new_name => 'must not be empty',                              sub { $account->rename(q{}) }],
    [code     => 'is required',                                    sub { $account->login }],
    [colour   => qr/is not a parameter|unknown|exist/,             sub { $account->login(colour => 1) }],
    [parameters => 'of refresh are force and its value, or none',  sub { $account->refresh(1) }],
    [parameters => 'of doctor are repair and its value, or none',  sub { $manager->doctor(mend => 1) }],
    [parallel   => 'must be a whole number above 0',  sub { $manager->refresh_due(parallel => -1) }],
    [parallel   => 'must be a whole number above 0',  sub { $manager->refresh_due(parallel => 'all') }],
    [seconds => 'must be a number, and not negative', sub { $manager->finish('soon') }],
    [seconds => 'must be a number, and not negative', sub { Pinterest::OAuth::TokenManager->finish(undef) }],
    [agent   => 'must be an LWP::UserAgent',          sub { $account->attach('agent') }],
    [stores  => qr/stores/, sub { Pinterest::OAuth::TokenManager->new(@settings, stores => 'x') }],
    [
        file_systems => 'must be a list of strings',
        sub { Pinterest::OAuth::TokenManager->new(@settings, file_systems => 'nfs4') }
    ],
    [
        language => 'is not a parameter',
        sub { Pinterest::OAuth::TokenManager->new(@settings, language => 'c') }
    ],
    [manager => qr/was made in another thread, or copied/, sub { Pinterest::OAuth::TokenManager->accounts }],
    [account => qr/was made in another thread, or copied/, sub { Pinterest::OAuth::Account->status }],
) {
    my ($field, $problem, $call) = @{$case};
    ok !eval { $call->(); 1 }, "$field that $problem is refused";
    my $error = $@;
    is ref $error ? $error->field : $error, $field, 'it names the field';
    like $error, ref $problem ? $problem : qr/\A\Q$field $problem\E[.] /, 'and says what is wrong';
    is ref $error && $error->file, $0, 'in the program' if ref $error;
}

# What belongs to nobody.
ok !eval { $manager->account('nobody')->access_token }, 'an account that nobody has logged in has no token';
isa_ok $@, 'Pinterest::OAuth::Error::UnknownAccount', 'it dies with:';
is $manager->account('nobody')->access_token_now, undef, 'access_token_now says undef';
is $manager->account('nobody')->unsaved,          undef, 'and so does unsaved';
ok !eval { $account->access_token('ads:write') }, 'a scope that the token lacks is an error';
isa_ok $@, 'Pinterest::OAuth::Error::InsufficientScope', 'it dies with:';
is $account->access_token(['pins:read']), "pina_$CANARY", 'one that it has is none';

# What it shows of itself.
{
    my $error = Pinterest::OAuth::Error::NotSaved->new(token => $token);
    is $error->token->access_token, "pina_$CANARY", 'what no disk took is with the error';
    my %things = (
        manager => $manager,         account => $account, status => $account->status, error => $error,
        doctor  => $manager->doctor, report  => $manager->refresh_due,
    );
    for my $what (sort keys %things) {
        my $thing = $things{$what};
        local $Data::Dumper::Deparse = 1;
        my $frozen = eval { Storable::freeze([$thing]) } // $@;
        my @json   = map {
            my $json = $_;
            eval { $json->encode([$thing]) } // $@
        } JSON::PP->new, JSON::PP->new->allow_blessed, JSON::PP->new->allow_blessed->convert_blessed;
        unlike join(q{ }, Dumper($thing), $thing, $frozen, @json), qr/$CANARY/, "no secret is in a $what";
    }
    like Dumper($account), qr/'name' => 'shop-42'/, 'a dump of an account has its name';
    like Dumper($error),   qr/\[redacted\]/,        'one of an error says that there is a token';
    for my $case ([manager => $manager], [account => $account], [token => $error]) {
        my ($what, $thing) = @{$case};
        for my $writes (\&Storable::freeze, \&Storable::dclone) {
            ok !eval { $writes->([$thing]) }, 'Storable refuses it';
            is_deeply [$@->field, $@->file], [$what, $0], "and names the $what, where it was asked";
        }
    }
    ok !eval { Pinterest::OAuth::Error::Timeout->new(token => $token) }, 'other errors carry no token';
    is(Pinterest::OAuth::Error::Timeout->new->token, undef, 'and say so');
    unlike $error->to_json, qr/token/, 'nor does any document';
}

# What is done to a stored token.
is $account->export_token->refresh_token, "pinr.$CANARY", 'a token can be exported';
is $account->rename('shop-43'),           undef,          'an account can be renamed';
ok !eval { $account->status }, 'the old name is nobody';
is $account->name, 'shop-42', 'which the handle keeps';
my $removed = $manager->account('shop-43')->remove;
is_deeply [@{$removed}{qw(account logins)}, !!$removed->{token}], ['shop-43', 0, 1],
    'an account can be removed';

# The end of a program.
my $start
    = 'use Pinterest::OAuth::TokenManager; '
    . 'our $m = Pinterest::OAuth::TokenManager->new(app_id => 1, app_secret => 2, trust_env => 0, store => ":memory:"); '
    . 'our $a = $m->account; our $self = [$m, $a]; push @{$self}, $self; ';
for my $ending (
    'exit 3', 'undef $m; $a->name; exit 3', 'fork or exit 3; wait; exit $? >> 8',
    '$! = 7; END { $? = 3 }'
) {
    my $said = qx{"$^X" @{[map {"-I$_"} grep { !ref } @INC]} -e '$start $ending' 2>&1};
    is $said . ($? >> 8), '3', "a program that ends with '$ending' ends quietly, with its own code";
}
ok(Pinterest::OAuth::TokenManager->finish(0), 'finish has nothing to wait for');

done_testing;
