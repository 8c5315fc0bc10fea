package WWW::OpenAPIClient::ApiFactory;

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth::Generated;
use Carp 'croak';
use WWW::OpenAPIClient::ApiClient;
use WWW::OpenAPIClient::OauthApi;

our $VERSION = '0.100';

Pinterest::OAuth::Generated::provide(
    __PACKAGE__,
    new => sub {
        my ($class, @settings) = splice @_;
        my $client = @settings == 1 ? $settings[0] : WWW::OpenAPIClient::ApiClient->new(@settings);
        return bless { api_client => $client }, $class;
    },
    get_api => sub {
        my ($self, $name) = @_;
        my $class = $self->classname_for($name) or croak 'No known API of that name: Oauth alone is here';
        return $class->new($self->api_client);
    },
    api_client     => sub { my ($self) = @_; return $self->{api_client} },
    apis_available => sub { return 'Oauth' },
    classname_for  => sub {
        my (undef, $name) = @_;
        return ($name // q{}) eq 'Oauth' ? 'WWW::OpenAPIClient::OauthApi' : undef;
    },
);

1;

__END__

=encoding utf8

=head1 NAME

WWW::OpenAPIClient::ApiFactory - makes a WWW::OpenAPIClient::OauthApi, as in generated clients

=head1 SYNOPSIS

    use WWW::OpenAPIClient::ApiFactory;

    my $factory = WWW::OpenAPIClient::ApiFactory->new(username => $app_id, password => $app_secret);
    my $token   = $factory->get_api('Oauth')->oauth_token(grant_type => 'client_credentials');

=head1 DESCRIPTION

For programs that were written for the generated client. Where that client itself is installed, this is its own class
of that name, unchanged.

=head1 METHODS

=head2 new

Takes what L<WWW::OpenAPIClient::OauthApi/new> takes, or a L<WWW::OpenAPIClient::ApiClient>.

=head2 get_api

A L<WWW::OpenAPIClient::OauthApi> for C<Oauth>. Dies for any other name.

=head2 api_client

The L<WWW::OpenAPIClient::ApiClient>.

=head2 apis_available

The names that C<get_api> knows.

=head2 classname_for

The class of such a name.

=cut
