# The distribution: made, unpacked, built with cargo, tested, and installed under a prefix of its own.

use 5.026;
use strict;
use warnings;
use Config;
use Cwd 'abs_path';
use Digest::SHA ();
use ExtUtils::Manifest;
use File::Copy 'copy';
use File::Path qw(make_path remove_tree);
use FindBin;
use JSON::PP 'decode_json';
use Test::More;

my $root     = abs_path("$FindBin::Bin/../../..");
my $work     = "$root/target/perl";
my $checkout = "$work/checkout/bindings/perl";
my $prefix   = "$work/prefix";

delete @ENV{qw(PERL5LIB PERL_MM_OPT PERL_MB_OPT PINTEREST_OAUTH_LIBRARY CARGO_TARGET_DIR)};
remove_tree($work);
make_path("$work/checkout/bindings", "$work/unpacked");
symlink "$root/$_", "$work/checkout/$_"
    or die "$_: $!\n"
    for qw(core ffi-c include Cargo.toml Cargo.lock LICENSE-MIT LICENSE-APACHE);
runs("cp -r '$root/bindings/perl' '$checkout'", 'a checkout is copied');

# Runs a command in the folder that is the current one; what it said.
sub said { my ($command) = @_; return scalar qx(($command) 2>&1 </dev/null) }

sub runs {
    my ($command, $sentence) = @_;
    my $output = said($command);
    is $?, 0, $sentence or do { diag $output; BAIL_OUT($sentence) };
    return $output;
}

# The same for what may fetch: with the user's own way out of this machine, as xt/run.pl hands it on.
sub builds {
    my ($command, $sentence) = @_;
    local %ENV = (%ENV, map { /\AUSERS_(.+)/ ? ($1 => $ENV{$_}) : () } keys %ENV);
    return runs($command, $sentence);
}

sub text {
    my ($file) = @_;
    open my $in, '<', $file or die "$file: $!\n";
    local $/ = undef;
    return scalar <$in>;
}

chdir $checkout or die "$checkout: $!\n";
unlike said("$^X Makefile.PL PINTEREST_OAUTH_LIB=/nowhere/lib.so"), qr/Writing Makefile/,
    'a library that is not there makes no Makefile';
like said("$^X Makefile.PL PINTEREST_OAUTH_LIB=/nowhere/lib.so"),
    qr{^PINTEREST_OAUTH_LIB is /nowhere/lib\.so, and there is no such file$}m, 'and is named';
like said("CARGO=/nowhere/cargo $^X Makefile.PL"),
    qr/built with Rust's cargo, which cannot be run: .*PINTEREST_OAUTH_LIB=/s,
    'without cargo it says what to do';

{
    local ($ExtUtils::Manifest::Quiet, $ExtUtils::Manifest::MANIFEST) = (1, 'MANIFEST');
    my ($missing, $extra) = ExtUtils::Manifest::fullcheck();
    is_deeply [$missing, $extra], [[], []], 'MANIFEST names every file, and every file it names is there';
}

my $library = "$root/target/debug/libpinterest_oauth_ffi.so";
{
    local $ENV{CARGO} = '/nowhere/cargo';
    my ($arch) = $Config{archname} =~ /\A(\w+?)-/;
    my $name = "linux-$arch-gnu/libpinterest_oauth.so";
    make_path("prebuilt/" . $name =~ s{/.*}{}r);
    copy($library, "prebuilt/$name") or die "$name: $!\n";
    my $sums = sub {
        open my $out, '>', 'prebuilt/SHA256SUMS' or die "SHA256SUMS: $!\n";
        print {$out} "$_[0]  $name\n";
        close $out or die "SHA256SUMS: $!\n";
    };
    $sums->(Digest::SHA->new(256)->addfile($library, 'b')->hexdigest);
    like said("$^X Makefile.PL"), qr/^Writing Makefile/m,
        'a distribution with a library inside needs no cargo';
    like text('Makefile'), qr{prebuilt/\Q$name\E}, 'and takes that library';
    like said("$^X Makefile.PL PINTEREST_OAUTH_BUILD=source"), qr/cargo, which cannot be run/,
        'unless it is told to build';
    $sums->('0' x 64);
    like said("$^X Makefile.PL"), qr{^prebuilt/\Q$name\E is not the file of prebuilt/SHA256SUMS}m,
        'a library that is not the one of its sum is refused';
    remove_tree('prebuilt');
}
runs("$^X Makefile.PL PINTEREST_OAUTH_LIB=$library", 'perl Makefile.PL takes a library that is built');
runs('make',                                         'make puts it beside the module');
ok -s 'blib/arch/auto/Pinterest/OAuth/libpinterest_oauth.so', 'where the module looks for it';
unlike text('Makefile'), qr/cargo build/, 'without cargo';
builds('make dist', 'make dist makes a distribution');
my ($tarball) = glob 'Pinterest-OAuth-*.tar.gz';
runs("tar xzf $tarball -C $work/unpacked", 'it can be unpacked');
chdir $work;
remove_tree("$work/checkout");

my ($unpacked) = glob "$work/unpacked/Pinterest-OAuth-*";
chdir $unpacked or die "$unpacked: $!\n";
{
    local $ExtUtils::Manifest::Quiet = 1;
    my ($missing, $extra) = ExtUtils::Manifest::fullcheck();
    is_deeply [$missing, [grep { !/^META/ } @{$extra}]], [[], []], 'its MANIFEST is right';
}
ok !-e 'xt', 'it holds no tests that need the repository';
ok -s $_,    "$_ comes along" for qw(LICENSE-MIT LICENSE-APACHE);
is_deeply [
    grep { /^[^#]*(?:emulator|dev-dependencies)/ }
    map  { split /\n/, text($_) } glob('rust/Cargo.toml rust/*/Cargo.toml')
    ],
    [],
    'nor Rust that is not needed';
my $meta     = decode_json(text('META.json'));
my %needed   = %{ $meta->{prereqs}{runtime}{requires} };
my %promised = text('cpanfile') =~ /^requires '([\w:]+)'(?:, '([\d.]+)')?/mg;
is_deeply [sort keys %promised],        [sort keys %needed],  'cpanfile and META.json need the same';
is_deeply [sort @{ $meta->{license} }], [qw(apache_2_0 mit)], 'META.json names both licences';

# The crates that the repository has compiled already are the same: linked, they are not compiled again.
my $cargo = "$work/cargo";
if (-d "$root/target/debug/deps") {
    make_path("$cargo/debug");
    system
        "cd '$root/target/debug' && cp -al deps build '$cargo/debug/' && cp -a .fingerprint '$cargo/debug/'";
}
$ENV{CARGO_TARGET_DIR} = $cargo;
runs(
    "$^X Makefile.PL PINTEREST_OAUTH_PROFILE=dev INSTALL_BASE=$prefix",
    'perl Makefile.PL finds the Rust sources in the distribution'
);
like builds('make', 'make builds the library'), qr{cargo build .*\Q$unpacked\E/rust/Cargo\.toml},
    'with cargo, from these sources';
like runs('make test', 'make test passes'), qr/^Result: PASS/m, 'all of it';
unlike said('make -n install'),             qr/cargo build/,    'make install builds nothing again';
runs('make install', 'make install installs');
chdir $work;
remove_tree("$work/unpacked", $cargo);

my @installed = map { chomp; s{\A\Q$prefix\E/}{}r } qx(find '$prefix' -type f);
ok(
    (grep { m{\Alib/perl5/.*/auto/Pinterest/OAuth/libpinterest_oauth\.so\z} } @installed),
    'the library is installed'
);
ok((grep { m{\Alib/perl5/.*/WWW/OpenAPIClient/Object/OauthApi\.pm\z} } @installed), 'so is every module');
ok((grep { m{\Aman/man3/Pinterest::OAuth\.3} } @installed),                         'and the help');
local $ENV{PERL5LIB} = "$prefix/lib/perl5";
my $path = said("$^X -MPinterest::OAuth -e 'print Pinterest::OAuth::Library::path()'");
like $path, qr{\A\Q$prefix\E/lib/perl5/.*/libpinterest_oauth\.so\z},
    'the installed module loads the installed library';

done_testing;
