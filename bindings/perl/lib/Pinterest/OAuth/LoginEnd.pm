package Pinterest::OAuth::LoginEnd;

use 5.026;
use strict;
use warnings;

our $VERSION = '0.100';

{
    no strict 'refs';    ## no critic (ProhibitNoStrict) one accessor for each name
    for my $name (
        qw(outcome status message account next expires_at refresh_token_expires_at user previous_user)) {
        *{$name} = sub { return $_[0]{$name} };
    }
}

sub set_cookies { my ($self) = @_; return @{ $self->{set_cookies} } }
sub scopes      { my ($self) = @_; return @{ $self->{scopes} } }

sub psgi {
    my ($self, @page) = @_;
    my ($page)  = (@page, q{/});
    my $status  = $self->status;
    my @headers = ('Cache-Control' => 'no-store', 'Referrer-Policy' => 'no-referrer');
    push @headers, map { ('Set-Cookie' => $_) } $self->set_cookies;
    return [$status, \@headers, []] if $status == 204;
    return [$status, [@headers, Location => $self->next // $page], []] if $status == 303;
    my $text = $self->message . "\n";
    utf8::encode($text);
    return [$status, [@headers, 'Content-Type' => 'text/plain; charset=utf-8'], [$text]];
}

# It holds no secret: serialisers may have it.
sub TO_JSON { my ($self) = @_; return { %{$self} } }

sub _new {
    my ($class, $document) = @_;
    return bless $document, $class;
}

1;

__END__

=encoding utf8

=head1 NAME

Pinterest::OAuth::LoginEnd - how a login ended

=head1 SYNOPSIS

    my $end = $manager->finish_login(env => $env);
    return $end->psgi('/shop') if $end->outcome eq 'done';

=head1 DESCRIPTION

What L<Pinterest::OAuth::TokenManager/login> and L<Pinterest::OAuth::TokenManager/finish_login> return. It holds no secret. What
is not known is C<undef>. Times are Unix seconds.

=head1 METHODS

=head2 outcome

C<done>; C<denied>, when access was not given; C<mismatch>, when the redirect is of no login of this browser; C<not_a_visit>,
when nobody came: a browser asked ahead, or a program for the headers alone. L<Pinterest::OAuth::TokenManager/login> returns
for C<done> only.

=head2 status

The HTTP status to answer the visitor with: 303, 403, 400 or 204.

=head2 message

What happened, as a sentence for the visitor.

=head2 account

The name of the account that was to be logged in.

=head2 next

Where the visitor goes on: the path that was given at the begin.

=head2 set_cookies

The values of the answer's C<Set-Cookie> headers, as a list: one header for each.

=head2 scopes

What the access token may do, as a list.

=head2 expires_at

When the access token expires.

=head2 refresh_token_expires_at

When the refresh token expires.

=head2 user

Who logged in: a hash reference with C<id> and C<username>, where the token may say it.

=head2 previous_user

Who had logged in to this account before, where that is known.

=head2 psgi

    return $end->psgi('/shop');

The answer for PSGI: after C<done> the way to L</next>, or to this page where there is none (C</> without it); else the message
as plain text. An app that has pages of its own makes them from L</status>, L</message> and L</set_cookies>.

=head2 TO_JSON

What JSON modules ask for: a hash reference.

=cut
