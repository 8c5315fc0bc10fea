# A token for the app itself, by the installed module; the time of the import in milliseconds.
use strict;
use warnings;
use Time::HiRes 'time';

my $began;
BEGIN { $began = time }
use Pinterest::OAuth 'oauth_token';

my $took = (time - $began) * 1000;
my $token = oauth_token(grant_type => 'client_credentials', scope => 'ads:read');
printf "%.1f %s\n", $took, join q{ }, $token->scopes;
