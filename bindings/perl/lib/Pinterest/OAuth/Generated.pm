package Pinterest::OAuth::Generated;

# Beside the generated client: its other classes, and what they hold. The names are in WWW::OpenAPIClient.

use 5.026;
use strict;
use warnings;
use File::Spec::Functions 'rel2abs';

our $VERSION = '0.100';

# Gives a class its methods. Where the generated client is installed, the class gets those of that client's file.
sub provide {
    my ($class, %methods) = @_;
    my $name = $class =~ s{::}{/}gr . '.pm';
    for my $folder (grep { !ref } @INC) {
        my $file = rel2abs("$folder/$name");
        next if !-f $file || _is_ours($file);
        return require $file;
    }
    no strict 'refs';    ## no critic (ProhibitNoStrict) the methods of the list
    *{"${class}::$_"} = $methods{$_} for keys %methods;
    return 1;
}

sub _is_ours {
    my ($file) = @_;
    open my $in, '<', $file or return;
    my $ours = grep { /Pinterest::OAuth::Generated/ } <$in>;
    close $in or return;
    return $ours;
}

# What a generated client is made with, as settings of Pinterest::OAuth: pairs, or one of its objects, real or ours.
# Its own defaults are none, and neither is what belongs to other calls.
my %OWN_NAME = (username => 'app_id', password => 'app_secret', http_timeout => 'timeout');
my %DEFAULT
    = (username => q{}, password => q{}, http_timeout => 180, base_url => 'https://api.pinterest.com/v5');
my %OF_OTHERS = map { $_ => 1 } qw(http_user_agent api_key api_key_prefix api_key_in access_token);

sub settings {
    my @given = splice @_;
    @given = _pairs(@given) if @given == 1 && ref $given[0];
    my @settings;
    while (my ($name, $value) = splice @given, 0, 2) {
        next
            if $OF_OTHERS{ $name // q{} }
            || defined $DEFAULT{ $name // q{} } && ($value // q{}) eq $DEFAULT{$name};
        push @settings, $OWN_NAME{ $name // q{} } // $name, $value;
    }
    return @settings;
}

sub _pairs {
    my ($object) = @_;
    my $config   = $object->{config} // $object;
    my $own      = $object->{http_timeout};
    return ($config->{settings} ? $config->{settings}->() : %{$config}, $own ? (http_timeout => $own) : ());
}

1;
