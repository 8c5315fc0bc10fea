#!/usr/bin/env perl
# Puts into the folder of a distribution, and into its MANIFEST, what the repository has elsewhere: the licences,
# the Rust sources of the C library without those of its tests, and a library that is built already:
#
#   perl inc/rust_sources.pl FOLDER
#
# Where PINTEREST_OAUTH_PREBUILT names a folder, what is in there becomes prebuilt/, with its SHA256SUMS.

use 5.026;
use strict;
use warnings;
use Digest::SHA ();
use ExtUtils::Manifest 'maniadd';
use File::Basename 'dirname';
use File::Copy 'copy';
use File::Find 'find';
use File::Path 'make_path';
use File::Spec::Functions 'rel2abs';

my ($distribution) = @ARGV or die "usage: $0 FOLDER\n";

my $top  = rel2abs('../..');
my $rust = rel2abs($distribution) . '/rust';

my @files = map { glob "$top/$_" } qw(ffi-c/build.rs LICENSE-*);
push @files, below("$top/$_") for qw(core/src ffi-c/src include);
s{\A\Q$top\E/}{} for @files;
put("$top/$_", "$rust/$_") for @files;

my @more = map { s{\A\Q$top\E/}{}r } glob "$top/LICENSE-*";
put("$top/$_", "$distribution/$_") for @more;
if (my $prebuilt = $ENV{PINTEREST_OAUTH_PREBUILT}) {
    my @built = map { s{\A\Q$prebuilt\E/}{}r } below($prebuilt);
    put("$prebuilt/$_", "$distribution/prebuilt/$_") for @built;
    push @more, 'prebuilt/SHA256SUMS', map { "prebuilt/$_" } @built;
    open my $sums, '>', "$distribution/prebuilt/SHA256SUMS" or die "SHA256SUMS: $!\n";
    print {$sums} map { Digest::SHA->new(256)->addfile("$prebuilt/$_", 'b')->hexdigest . "  $_\n" }
        sort @built;
    close $sums or die "SHA256SUMS: $!\n";
}

my $own_parts
    = sub { s/^members = .*/members = ["core", "ffi-c"]/m; s/^(?:default-members|pinterest-oauth-).*\n//mg };
my $no_tests = sub { s/^\[(?:dev-dependencies|\[example\])\]\n.*?(?=^\[|\z)//msg };
write_manifest('Cargo.toml',    $own_parts);
write_manifest("$_/Cargo.toml", $no_tests) for qw(core ffi-c);

# The versions of the repository, without those of what was left out.
copy("$top/Cargo.lock", "$rust/Cargo.lock") or die "Cargo.lock: $!\n";
my $cargo = $ENV{CARGO} || 'cargo';
system("cd '$rust' && $cargo metadata --format-version 1 >/dev/null") == 0 or die "cargo metadata failed\n";

chdir $distribution or die "$distribution: $!\n";
maniadd({
    map({ ($_ => q{}) } @more), map { ("rust/$_" => q{}) } @files,
    qw(Cargo.lock Cargo.toml core/Cargo.toml ffi-c/Cargo.toml)
});

# Every file below a folder.
sub below {
    my ($folder) = @_;
    my @found;

    # With the slash, a folder that is a link is entered, too.
    find({ wanted => sub { push @found, s{//}{/}r if -f }, no_chdir => 1 }, "$folder/");
    @found = sort @found;
    return @found;
}

sub put {
    my ($from, $to) = @_;
    make_path(dirname($to));
    copy($from, $to) or die "$from: $!\n";
    return;
}

sub write_manifest {
    my ($file, $edit) = @_;
    open my $in, '<:encoding(UTF-8)', "$top/$file" or die "$file: $!\n";
    local $_ = do { local $/ = undef; <$in> };
    close $in;
    $edit->();
    open my $out, '>:encoding(UTF-8)', "$rust/$file" or die "$rust/$file: $!\n";
    print {$out} $_;
    close $out or die "$rust/$file: $!\n";
    return;
}
