package WWW::OpenAPIClient::Object::OauthApi;

use 5.026;
use strict;
use warnings;
use parent 'WWW::OpenAPIClient::OauthApi';

our $VERSION = '0.100';

1;

__END__

=encoding utf8

=head1 NAME

WWW::OpenAPIClient::Object::OauthApi - WWW::OpenAPIClient::OauthApi, under the name its documentation loads

=head1 SYNOPSIS

    use WWW::OpenAPIClient::Object::OauthApi;

=head1 DESCRIPTION

The documentation of the generated client loads this name first. It is L<WWW::OpenAPIClient::OauthApi>.

=cut
