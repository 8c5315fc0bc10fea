#!/usr/bin/env perl

# Does everything that can be done with secrets, prints all that a program might print, and writes the
# secrets themselves to the file that is named.

use 5.026;
use strict;
use warnings;
use Carp ();
use Data::Dumper 'Dumper';
use Pinterest::OAuth 'oauth_token';
use Pinterest::OAuth::TokenManager;
use WWW::OpenAPIClient::OauthApi;

my ($file, $untrusted, $store) = @ARGV;
my @secrets = $ENV{PINTEREST_APP_SECRET};
$SIG{__DIE__}  = sub { print {*STDERR} Carp::longmess("@_") };
$SIG{__WARN__} = sub { print {*STDERR} Carp::longmess("@_") };

sub seen {
    my ($token) = @_;
    push @secrets, grep { defined } $token->access_token, $token->refresh_token;
    print Dumper($token), "$token\n";
    return $token;
}

sub failing {
    my ($code) = @_;
    eval { $code->(); 1 } and die "it did not fail\n";
    print "$@", Dumper($@), $@->to_json, "\n";
    return;
}

my $client = Pinterest::OAuth->new;
my $code   = $ENV{PINTEREST_CODE};
push @secrets, $code;
my $token = seen($client->oauth_token(
    grant_type => 'authorization_code', code => $code, redirect_uri => 'http://localhost:8085/'
));
$token = seen($client->refresh($token));
seen(oauth_token(grant_type => 'client_credentials', scope => 'ads:read'));
seen(
    WWW::OpenAPIClient::OauthApi->new(
        username => $ENV{PINTEREST_APP_ID}, password => $ENV{PINTEREST_APP_SECRET}
    )->oauth_token(grant_type => 'client_credentials', scope => 'ads:read')
);
failing(sub {
    $client->oauth_token(
        grant_type   => 'authorization_code', code => $code,
        redirect_uri => 'http://localhost:8085/'
    );
});
failing(sub {
    $client->oauth_token(grant_type => 'refresh_token', refresh_token => $token->refresh_token . "\nx");
});
failing(sub { $client->revoke(token => $token->access_token, token_type_hint => $secrets[0]) });
failing(sub { $client->conversion_token(access_token => $secrets[0]) });
failing(sub { Pinterest::OAuth->new(app_secret => "$secrets[0]\0") });
failing(sub { Pinterest::OAuth->new(base_url   => $untrusted)->refresh($token) });
failing(sub { Pinterest::OAuth->new(proxy      => "http://user:$secrets[0]\@127.0.0.1:1")->refresh($token) });
print Dumper($client);

my $manager = Pinterest::OAuth::TokenManager->new(store => $store);
my $account = $manager->account('shop-42');
failing(sub { $account->login(code => $code, redirect_uri => 'http://localhost:8085/', state => $secrets[0]) }
);
seen($account->import_token($token)->token);
push @secrets, $account->access_token;
failing(sub { $account->rejected($account->access_token, 3) });
failing(sub { $account->rejected($secrets[0] . "\0") });
failing(sub { $account->access_token($secrets[0]) });
failing(sub { $manager->account("$secrets[0]\n") });
failing(sub {
    Pinterest::OAuth::TokenManager->new(store => $store, base_url => "https://u:$secrets[0]\@a.example");
});
failing(sub { die Pinterest::OAuth::Error::NotSaved->new(token => $token) });
print Dumper(
    $manager, $account, $account->status, $manager->accounts, $manager->doctor,
    $manager->refresh_due
);

open my $out, '>', $file or die "$file: $!\n";
print {$out} "$_\n" for @secrets;
close $out or die "$file: $!\n";
open my $line, '<', '/proc/self/cmdline' or die "no command line: $!\n";
print readline $line;
close $line;
