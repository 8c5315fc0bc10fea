package WWW::OpenAPIClient::OauthApi;

# The interface of the client that is generated from Pinterest's description, on Pinterest::OAuth.

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth;
use Pinterest::OAuth::Generated;
use WWW::OpenAPIClient::Object::OauthAccessTokenResponse;

our $VERSION = '0.100';

sub new {
    my ($class, @settings) = splice @_;
    return bless { client => Pinterest::OAuth->new(Pinterest::OAuth::Generated::settings(@settings)) },
        $class;
}

sub oauth_token {
    my ($self, @fields) = splice @_;
    my $token = $self->{client}->oauth_token(@fields);
    return bless $token, 'WWW::OpenAPIClient::Object::OauthAccessTokenResponse';
}

1;

__END__

=encoding utf8

=head1 NAME

WWW::OpenAPIClient::OauthApi - the token call as in generated clients, working

=head1 SYNOPSIS

    use Data::Dumper;
    use WWW::OpenAPIClient::OauthApi;

    my $api_instance = WWW::OpenAPIClient::OauthApi->new(
        username => $app_id,
        password => $app_secret,
    );

    eval {
        my $result = $api_instance->oauth_token(
            grant_type   => 'authorization_code',
            code         => $code,
            redirect_uri => 'http://localhost:8085/',
        );
        print Dumper($result);    # shows that a token came, and no secret
    };
    if ($@) {
        warn "Exception when calling OauthApi->oauth_token: $@\n";
    }

=head1 DESCRIPTION

Programs that were written for the client generated from Pinterest's OpenAPI description run with this
class. It does nothing itself: L<Pinterest::OAuth> makes the call. New programs use that.

The generated client sends C<grant_type> alone. Here every field of the three grants can be given.

Where the generated client is installed as well, its other classes stay as they are, and find this one as
C<< get_api('Oauth') >> wherever this distribution comes first in C<@INC>, as it does when both are installed in the
same place.

=head1 METHODS

=head2 new

    my $api = WWW::OpenAPIClient::OauthApi->new(username => $app_id, password => $app_secret);

C<username> is the app id, C<password> the app secret, C<http_timeout> the C<timeout>. Every other parameter of
L<Pinterest::OAuth/new> is taken as well, C<base_url> and C<environment> among them; without these,
C<PINTEREST_API_URI> in the environment says where to call. In place of pairs a C<WWW::OpenAPIClient::ApiClient> or
C<WWW::OpenAPIClient::Configuration> is taken. What other calls need, for example C<access_token>, and the defaults
of the generator are not looked at. Dies with a L<Pinterest::OAuth::Error>.

=head2 oauth_token

    my $result = $api->oauth_token(grant_type => 'refresh_token', refresh_token => $refresh_token);

Takes the parameters of L<Pinterest::OAuth/oauth_token>, and returns a
L<WWW::OpenAPIClient::Object::OauthAccessTokenResponse>. Dies with a L<Pinterest::OAuth::Error>, which
says which fields are missing.

=head1 SEE ALSO

L<Pinterest::OAuth>, L<WWW::OpenAPIClient::ApiFactory>

=cut
