package WWW::OpenAPIClient::Object::OauthAccessTokenResponse;

use 5.026;
use strict;
use warnings;
use parent 'Pinterest::OAuth::Token';

our $VERSION = '0.100';

1;

__END__

=encoding utf8

=head1 NAME

WWW::OpenAPIClient::Object::OauthAccessTokenResponse - the token that WWW::OpenAPIClient::OauthApi returns

=head1 DESCRIPTION

A L<Pinterest::OAuth::Token> under the name that generated clients use, with all its methods.

=cut
