#!/usr/bin/env plackup

# A web app in which visitors log in at Pinterest: starman --workers=4 login.psgi
#
# Set PINTEREST_APP_ID and PINTEREST_APP_SECRET, and in REDIRECT_URI the address of /callback, registered with the app. No
# session is needed, and each step may reach another worker.

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth::TokenManager;

my $REDIRECT_URI = $ENV{REDIRECT_URI} // 'http://localhost:5000/callback';
my $manager      = Pinterest::OAuth::TokenManager->new;

my %page = (
    q{/} => sub { text(200, "Open /login to log in at Pinterest.\n") },

    '/login' => sub {
        my ($env) = @_;
        my $begin = $manager->begin_login(
            env          => $env,
            account      => 'shop-42',
            redirect_uri => $REDIRECT_URI,
            scope        => 'pins:read,boards:read',
            next         => '/status',
        );
        return $begin->psgi;
    },

    '/callback' => sub { my ($env) = @_; return $manager->finish_login(env => $env)->psgi },

    '/status' => sub {
        my $status = $manager->account('shop-42')->status;
        return text(200, "The account is $status->{state}: @{ $status->{scopes} }\n");
    },
);

sub text {
    my ($status, $text) = @_;
    return [$status, ['Content-Type' => 'text/plain; charset=utf-8'], [$text]];
}

sub {
    my ($env)  = @_;
    my $answer = $page{ $env->{PATH_INFO} } // return text(404, "There is nothing here.\n");
    my $said   = eval { $answer->($env) };
    return $said if $said;
    warn $@;    # an error holds no secret
    return text(502, "The login did not work; it can be tried again.\n");
};
