package WWW::OpenAPIClient::Configuration;

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth::Generated;

our $VERSION = '0.100';

Pinterest::OAuth::Generated::provide(
    __PACKAGE__,

    # The settings are in a closure, which no dump opens.
    new => sub {
        my ($class, @settings) = splice @_;
        return bless { settings => sub { return @settings } }, $class;
    },
);

1;

__END__

=encoding utf8

=head1 NAME

WWW::OpenAPIClient::Configuration - settings, as in generated clients

=head1 SYNOPSIS

    use WWW::OpenAPIClient::Configuration;
    use WWW::OpenAPIClient::OauthApi;

    my $config = WWW::OpenAPIClient::Configuration->new(username => $app_id, password => $app_secret);
    my $api    = WWW::OpenAPIClient::OauthApi->new($config);

=head1 DESCRIPTION

For programs that were written for the generated client. Where that client itself is installed, this is its own class
of that name, unchanged.

=head1 METHODS

=head2 new

Takes what L<WWW::OpenAPIClient::OauthApi/new> takes. A dump shows no secret.

=cut
