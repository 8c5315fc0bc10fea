package Application;

# The application of every Perl server: made when it is loaded, asked in whichever process answers.

use 5.026;
use strict;
use warnings;
use JSON::PP;
use Pinterest::OAuth;

# With a scope, the first call is made here, in the process that loads the application.
sub new {
    my ($class, $scope) = @_;
    my $self = bless { master => $$, client => Pinterest::OAuth->new }, $class;
    $self->scopes($scope) if defined $scope;
    return $self;
}

sub scopes {
    my ($self, $scope) = @_;
    return $self->{client}->oauth_token(grant_type => 'client_credentials', scope => $scope)->scopes;
}

# Answers `scope=ads:read,pins:read`.
sub answer {
    my ($self, $query) = @_;
    my ($scope) = $query =~ /\Ascope=([^&]+)/;
    $scope =~ s/%([0-9A-F]{2})/chr hex $1/gei;
    return encode_json({ master => $self->{master}, worker => $$, scopes => [$self->scopes($scope)] });
}

1;
