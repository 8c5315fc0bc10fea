package WWW::OpenAPIClient::ApiClient;

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth::Generated;
use WWW::OpenAPIClient::Configuration;

our $VERSION = '0.100';

Pinterest::OAuth::Generated::provide(
    __PACKAGE__,
    new => sub {
        my ($class, @settings) = splice @_;
        my $config = @settings == 1 ? $settings[0] : WWW::OpenAPIClient::Configuration->new(@settings);
        return bless { config => $config }, $class;
    },
);

1;

__END__

=encoding utf8

=head1 NAME

WWW::OpenAPIClient::ApiClient - holds a configuration, as in generated clients

=head1 SYNOPSIS

    use WWW::OpenAPIClient::ApiClient;
    use WWW::OpenAPIClient::OauthApi;

    my $client = WWW::OpenAPIClient::ApiClient->new(username => $app_id, password => $app_secret);
    my $api    = WWW::OpenAPIClient::OauthApi->new($client);

=head1 DESCRIPTION

For programs that were written for the generated client. Where that client itself is installed, this is its own class
of that name, unchanged.

=head1 METHODS

=head2 new

Takes what L<WWW::OpenAPIClient::OauthApi/new> takes, or a L<WWW::OpenAPIClient::Configuration>.

=cut
