#!/usr/bin/env plackup

# Under Starman: loaded in the master with --preload-app.

use 5.026;
use strict;
use warnings;
use Application;

my $application = Application->new('ads:read');

sub {
    my ($environment) = @_;
    return [
        200, ['Content-Type' => 'application/json'],
        [$application->answer($environment->{QUERY_STRING})]
    ];
};
