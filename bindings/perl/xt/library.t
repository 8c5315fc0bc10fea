# Which library is loaded, and what is said where none can be.

use 5.026;
use strict;
use warnings;
use Config;
use File::Copy 'copy';
use File::Path 'make_path';
use File::Temp 'tempdir';
use FindBin;
use Test::More;
use Pinterest::OAuth;

my $folder  = tempdir(CLEANUP => 1);
my $library = Pinterest::OAuth::Library::path();
my @roots   = map { "-I$_" } grep { !ref } @INC;

sub loading {
    my ($environment, @options) = @_;
    local $ENV{PINTEREST_OAUTH_LIBRARY};
    delete $ENV{PINTEREST_OAUTH_LIBRARY} if !defined $environment;
    $ENV{PINTEREST_OAUTH_LIBRARY} = $environment if defined $environment;
    open my $out, '-|', $^X, @options, @roots, '-e',
        q{open STDERR, '>&', STDOUT; require Pinterest::OAuth; print Pinterest::OAuth::Library::path()}
        or die;
    return join q{}, <$out>;
}

sub compiled {
    my ($name, $source, @options) = @_;
    open my $file, '>', "$folder/$name.c" or die;
    print {$file} $source;
    close $file;
    system('cc', '-shared', '-fPIC', '-o', "$folder/$name.so", "$folder/$name.c", @options) == 0
        or die "cc failed\n";
    return "$folder/$name.so";
}

my $other = compiled(abi7 => <<'C');
#include <stdio.h>
#include <stdlib.h>
#include <stdint.h>
uint32_t pinterest_oauth_abi_version(void) { return 7; }
#define TRAP(name) void name(void) { puts("called " #name); exit(9); }
TRAP(pinterest_oauth_client_new) TRAP(pinterest_oauth_client_free) TRAP(pinterest_oauth_string_free)
TRAP(pinterest_oauth_client_token) TRAP(pinterest_oauth_client_revoke) TRAP(pinterest_oauth_client_conversion_token)
TRAP(pinterest_oauth_client_authorize_url) TRAP(pinterest_oauth_redirect) TRAP(pinterest_oauth_token_read)
TRAP(pinterest_oauth_token) TRAP(pinterest_oauth_version) TRAP(pinterest_oauth_status_name)
C
my $said = loading($other);
like $said, qr/\Q$other\E has ABI 7, but this module needs ABI 1: /,
    'a library of another ABI is refused with both numbers and its path';
unlike $said, qr/called/, 'before anything else of it is called';

like loading("$folder/none.so"),
    qr/PINTEREST_OAUTH_LIBRARY is \Q$folder\E\/none\.so, and there is no such file at -e line 1/,
    'a path without a file is named';
like loading($0), qr/\Q$0\E cannot be loaded: .*invalid ELF header|cannot be loaded/,
    'what is no library is named, with the reason';
my $stranger = compiled(stranger => 'int stranger(void) { return 1; }');
like loading($stranger), qr/\Q$stranger\E is another library: set PINTEREST_OAUTH_LIBRARY/,
    'so is a library that is another one';

my $named = "$folder/named.so";
copy($library, $named) or die;
is loading($named), $named, 'the environment decides';

my $beside = "$folder/root/auto/Pinterest/OAuth";
make_path($beside);
copy($library, "$beside/libpinterest_oauth.$Config{dlext}") or die;
is loading($named, "-I$folder/root"), $named, 'before what is in the distribution';
is loading(undef, "-I$folder/root"), "$beside/libpinterest_oauth.$Config{dlext}",
    'without it, the library in the distribution is taken';

my $alone = "$folder/alone";
(my $modules = $INC{'Pinterest/OAuth.pm'}) =~ s{/Pinterest/OAuth\.pm\z}{};
system('cp', '-r', $modules, $alone) == 0 or die "cp failed\n";
system 'rm', '-rf', "$alone/auto/Pinterest";
@roots = ("-I$alone");
local $ENV{PERL5LIB};
delete $ENV{PERL5LIB};
like loading(undef),
    qr/^Pinterest::OAuth: libpinterest_oauth\.so\.1 cannot be loaded: .*set PINTEREST_OAUTH_LIBRARY to the path .* at -e line 1/,
    'where there is none, the message says what to do';
copy($library, "$folder/libpinterest_oauth.so") or die;
local $ENV{LD_LIBRARY_PATH} = $folder;
like loading(undef), qr/cannot be loaded/,
    'a library of the system without the number of its ABI is not taken';
rename "$folder/libpinterest_oauth.so", "$folder/libpinterest_oauth.so.1" or die;
is loading(undef), 'libpinterest_oauth.so.1', 'the system comes last, by the SONAME';

like loading($named, '-T'),
    qr/^Pinterest::OAuth: PINTEREST_OAUTH_LIBRARY is tainted, and under -T it must not be: .* at -e line 1/,
    'under taint mode a path from outside is refused';
my $untaint = 'BEGIN { ($ENV{PINTEREST_OAUTH_LIBRARY}) = $ENV{PINTEREST_OAUTH_LIBRARY} =~ /(.*)/ }';
is
    qx{PINTEREST_OAUTH_LIBRARY='$named' "$^X" -T @roots -e '$untaint use Pinterest::OAuth; print Pinterest::OAuth::Library::path()'},
    $named, 'one that the program has untainted is taken';
is loading(undef, '-T', "-I$folder/root"), "$beside/libpinterest_oauth.$Config{dlext}",
    'and so is the library in the distribution';

done_testing;
