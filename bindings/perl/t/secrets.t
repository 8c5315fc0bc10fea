# Secrets come out where they are asked for by name, and nowhere else.

use 5.026;
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Carp         ();
use Data::Dumper ();
use JSON::PP     ();
use Loopback;
use Storable ();
use Test::More;
use Pinterest::OAuth 'oauth_token';
use WWW::OpenAPIClient::OauthApi;

my $CANARY   = 'c4nary';
my @settings = (app_id => '1', app_secret => "$CANARY-secret", trust_env => 0);
my $token    = Pinterest::OAuth::Token->from_json(
    qq({"access_token":"pina_$CANARY","refresh_token":"pinr.$CANARY","new":"$CANARY"}));
my $client = Pinterest::OAuth->new(@settings);
my $face   = WWW::OpenAPIClient::OauthApi->new(
    username => 1, password => "$CANARY-secret",
    base_url => 'http://127.0.0.1:9'
);

sub dumped {
    my @things = @_;
    local ($Data::Dumper::Deparse, $Data::Dumper::Sortkeys) = (1, 1);
    my $plain = Data::Dumper::Dumper(@things);
    local $Data::Dumper::Useperl = 1;
    return $plain . Data::Dumper::Dumper(@things) . "@things";
}

sub message {
    my ($code) = @_;
    return eval { $code->(); 1 } ? undef : "$@";
}

for (1, 2) {
    for my $case ([token => $token], [client => $client], [face => $face]) {
        my ($what, $thing) = @{$case};
        unlike dumped($thing), qr/$CANARY/, "a dump of a $what shows no secret";
        my $frozen = eval { Storable::freeze([$thing]) } // $@;
        unlike $frozen, qr/$CANARY/, "Storable gets none from a $what";
        for my $json (
            JSON::PP->new->allow_nonref, JSON::PP->new->convert_blessed,
            JSON::PP->new->allow_blessed->convert_blessed
        ) {
            my $text = eval { $json->encode([$thing]) } // $@;
            unlike $text, qr/$CANARY/, "JSON gets none from a $what";
        }
    }
    is $token->access_token, "pina_$CANARY", 'nor after it was read';
}
like dumped($token), qr/'access_token' => '\[redacted\]'/, 'a dump shows that there is a token';
my $REFUSED = qr/^token is written by its to_json alone: .* at \Q$0\E line /;
like message(sub { Storable::freeze($token) }), $REFUSED,
    'Storable refuses a token, at the line of its caller';
like message(sub { JSON::PP->new->encode([$token]) }), qr/Pinterest::OAuth::Token/, 'JSON refuses a token';
like message(sub { JSON::PP->new->allow_blessed->convert_blessed->encode([$token]) }), $REFUSED,
    'also where it writes null for what it cannot ask';
{
    no warnings;
    local ($Storable::forgive_me, $Storable::Deparse, $Storable::Eval) = (1, 1, 1);
    like message(sub { Storable::freeze($token) }), $REFUSED, 'and Storable where it stores what it can';
}

{
    my $thawed = Storable::dclone($client);
    like message(sub { $thawed->authorize_url(redirect_uri => 'http://localhost/') }), qr/copied/,
        'a thawed client says that it is none';
    undef $thawed;
    ok $client->authorize_url(redirect_uri => 'http://localhost/'), 'and the first one goes on';
}

# Everything that can be asked of a call, and fail.
my @refresh = (grant_type => 'refresh_token', refresh_token => "pinr.$CANARY");
my $server  = Loopback->answering(
    map {
        Loopback->json(
            401,
            qq({"code":283,"message":"bad pinr.$CANARY $CANARY-secret","refresh_token":"pinr.$CANARY"}),
            "x-echo: pinr.$CANARY"
        )
    } 1 .. 8
);
my @there  = (@settings, base_url => $server->url);
my $online = Pinterest::OAuth->new(@there);
my $cyclic = [$CANARY];
push @{$cyclic}, $cyclic, { $CANARY => \$CANARY };

my %calls = (
    'an answer that repeats the request' => sub { $online->oauth_token(@refresh) },
    'the function'                       => sub { oauth_token(@there, @refresh) },
    'the old name'                       => sub {
        WWW::OpenAPIClient::OauthApi->new(
            username => 1, password => "$CANARY-secret",
            base_url => $server->url
        )->oauth_token(@refresh);
    },
    'a refresh'          => sub { $online->refresh($token) },
    'a revocation'       => sub { $online->revoke(token => "pinr.$CANARY") },
    'a conversion token' => sub { $online->conversion_token(access_token => "pina_$CANARY") },
    'a line break'       => sub { $client->oauth_token(@refresh, refresh_token => "pinr.$CANARY\n") },
    'a NUL'              => sub { $client->oauth_token(@refresh, refresh_token => "pinr.$CANARY\0") },
    'half a character'   => sub {
        no warnings 'surrogate';
        $client->oauth_token(@refresh, refresh_token => "pinr.$CANARY\x{D800}");
    },
    'a wrong grant'     => sub { $client->oauth_token(grant_type => $CANARY) },
    'fields of another' =>
        sub { $client->oauth_token(grant_type => 'refresh_token', code => $CANARY, redirect_uri => $CANARY) },
    'a list for a text' => sub { $client->oauth_token(@refresh, refresh_token => $cyclic) },
    'a wrong time'      => sub { $client->oauth_token(@refresh, timeout       => $CANARY) },
    'an odd list'       => sub { $client->oauth_token($CANARY) },
    'a wrong token'     => sub { $client->refresh($CANARY) },
    'no token'          => sub { Pinterest::OAuth::Token->from_json(qq({"refresh_token":"$CANARY")) },
    'a redirect' => sub { Pinterest::OAuth->redirect(url => "?code=$CANARY&state=other", state => $CANARY) },
    'a wrong address' => sub { Pinterest::OAuth->new(@settings, base_url => "https://u:$CANARY\@a.example") },
    'a wrong proxy'   => sub { Pinterest::OAuth->new(@settings, proxy    => "//u:$CANARY") },
    'a secret of another type' => sub { Pinterest::OAuth->new(app_secret => [$CANARY]) },
    'a function of nothing'    => sub { oauth_token(@settings, $CANARY) },
);

for my $what (sort keys %calls) {
    my $said = q{};
    local $SIG{__WARN__} = sub { $said .= Carp::longmess("@_") };
    local $SIG{__DIE__}  = sub { $said .= Carp::longmess("@_") };
    local ($Carp::Verbose, $Carp::MaxArgLen, $Carp::MaxArgNums) = (1, 0, 0);
    local $Carp::RefArgFormatter = sub { Data::Dumper::Dumper(@_) };
    eval { $calls{$what}->() };
    my $error = $@;
    ok ref $error, "$what: there is an error" or diag $error;
    unlike $said . $error . dumped($error, { %{$error} }) . $error->to_json, qr/$CANARY/,
        'without the secret in message, dump, warning or stack trace';
    like $said, qr/Pinterest::OAuth|OauthApi/, 'and the trace went through our own subroutines';
}

{
    my $program
        = 'use Pinterest::OAuth; my $secret = $ENV{CANARY}; '
        . 'my $client = Pinterest::OAuth->new(app_id => 1, app_secret => $secret, trust_env => 0); '
        . '$SIG{__DIE__} = \&Carp::confess; $client->oauth_token(grant_type => "refresh_token", refresh_token => $secret, code => 1)';
    local $ENV{CANARY} = $CANARY;
    my $output = qx{"$^X" @{[map {"-I$_"} grep { !ref } @INC]} -w -MCarp=verbose -e '$program' 2>&1};
    like $output, qr/code does not belong to grant_type refresh_token[.] Fix `code`[.] at -e line 1/,
        'a program that dies says why';
    unlike $output, qr/$CANARY/, 'and no secret, with Carp as talkative as it can be';
}

done_testing;
