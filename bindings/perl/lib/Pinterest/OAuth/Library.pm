package Pinterest::OAuth::Library;

# The C library: where it is, that it is the right one, and its functions as Perl's.
# What their documents say belongs in Pinterest::OAuth::Document.

use 5.026;
use strict;
use warnings;
use FFI::Platypus;
use FFI::Platypus::DL ();
use Scalar::Util 'tainted';
use Pinterest::OAuth::Error;

our $VERSION = '0.100';
our @CARP_NOT
    = qw(Pinterest::OAuth Pinterest::OAuth::Token Pinterest::OAuth::TokenManager Pinterest::OAuth::Account
    Pinterest::OAuth::Login Pinterest::OAuth::Signals WWW::OpenAPIClient::OauthApi);

my $ABI  = 1;                               # PINTEREST_OAUTH_ABI_VERSION
my $NAME = "libpinterest_oauth.so.$ABI";    # the SONAME, under which the system has it

# The functions by what they take and return; the last opaque* of a status is its document.
my %FUNCTIONS = (
    'string opaque* opaque* -> sint32' => [qw(client_new manager_new)],
    'string opaque* -> sint32'         => [qw(token_read redirect)],
    'opaque string opaque* -> sint32'  => [
        (map { "client_$_" } qw(token revoke conversion_token authorize_url)),
        (map { "account_$_" } qw(access_token login import rename)),
        (map { "login_$_" } qw(paste begin finish)),
    ],
    'opaque string opaque* opaque* -> sint32' => [qw(manager_account manager_app login_start)],
    'opaque opaque* -> sint32'                =>
        [qw(client_check manager_accounts login_show), map { "account_$_" } qw(token status export remove)],
    'opaque double opaque* -> sint32'        => ['login_next'],
    'opaque uint32 opaque* -> sint32'        => ['manager_refresh_due'],
    'opaque sint32 opaque* -> sint32'        => [qw(manager_doctor account_refresh)],
    'opaque string sint64 opaque* -> sint32' => ['account_rejected'],
    'opaque -> opaque'                       => [map { "account_$_" } qw(cached access_token_now unsaved)],
    'opaque -> void'                         => [
        qw(client_free client_keep_connections manager_free account_free string_free login_free login_cancel)
    ],
    'opaque sint32 -> void' => ['login_answer'],
    'sint32 -> string'      => ['status_name'],
    'double -> sint32'      => ['finish'],
    'opaque* -> sint32'     => ['take_log'],
);

my $PATH = _load(_find());

sub path { return $PATH }

# Calls a function of the library: its answer, or its error thrown.
sub ask {
    my ($name, @arguments) = splice @_;
    my @answer;
    keep(\@answer, $name, @arguments);
    Pinterest::OAuth::Error->_throw($answer[1]) if $answer[0];
    return $answer[1];
}

# Calls a function of the library: its status and its document go to @{$place}. Documents are copied and freed here,
# and nowhere else. Perl runs the handlers of %SIG between statements, so that none comes between the call and the
# keeping of its answer, which is one.
sub keep {
    my ($place, $name, @arguments) = splice @_;
    my $function = __PACKAGE__->can($name);
    my $pointer;
    @{$place} = ($function->(@arguments, \$pointer), _copy($pointer), string_free($pointer));
    return;
}

# The variable comes first, then the folder of this distribution, then the system.
sub _find {
    if (defined(my $path = $ENV{PINTEREST_OAUTH_LIBRARY})) {
        if (tainted($path)) {
            _stop('PINTEREST_OAUTH_LIBRARY is tainted, and under -T it must not be: untaint it or delete it');
        }
        return -f $path ? $path : _stop("PINTEREST_OAUTH_LIBRARY is $path, and there is no such file");
    }
    for my $folder (grep { !ref } @INC) {
        for my $suffix (qw(so dylib dll)) {
            my $path = "$folder/auto/Pinterest/OAuth/libpinterest_oauth.$suffix";
            return $path if -f $path;
        }
    }
    return $NAME;
}

sub _load {
    my ($path) = @_;
    if (!FFI::Platypus::DL::dlopen($path, FFI::Platypus::DL::RTLD_PLATYPUS_DEFAULT())) {
        my $reason = FFI::Platypus::DL::dlerror();
        _stop("$path cannot be loaded: $reason; set PINTEREST_OAUTH_LIBRARY to the path of the C library");
    }
    my $ffi = FFI::Platypus->new(api => 2, lib => $path);
    if (!$ffi->find_symbol('pinterest_oauth_abi_version')) {
        _stop("$path is another library: set PINTEREST_OAUTH_LIBRARY to the path of the C library");
    }
    my $found = $ffi->function(pinterest_oauth_abi_version => [], 'uint32')->call;
    if ($found != $ABI) {
        _stop("$path has ABI $found, but this module needs ABI $ABI: install both from one release");
    }

    for my $signature (keys %FUNCTIONS) {
        my ($arguments, $returned) = split / -> /, $signature;
        for my $name (@{ $FUNCTIONS{$signature} }) {
            $ffi->attach(["pinterest_oauth_$name" => $name], [split / /, $arguments], $returned);
        }
    }
    $ffi->attach_cast(_copy => 'opaque', 'string');
    return $path;
}

sub _stop {
    my ($problem) = @_;
    require Carp;
    return Carp::croak("Pinterest::OAuth: $problem");
}

1;
