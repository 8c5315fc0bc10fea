#!/usr/bin/env perl

# As plain CGI: a process for each request.

use 5.026;
use strict;
use warnings;
use Application;

print "Content-Type: application/json\r\n\r\n", Application->new->answer($ENV{QUERY_STRING});
