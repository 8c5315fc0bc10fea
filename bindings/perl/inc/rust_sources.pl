#!/usr/bin/env perl
# Puts the Rust sources of the repository into the folder of a distribution, and into its MANIFEST:
# of the workspace what the C library is built from, and nothing of its tests.
#
#   perl inc/rust_sources.pl Pinterest-OAuth-0.100

use 5.026;
use strict;
use warnings;
use ExtUtils::Manifest 'maniadd';
use File::Basename 'dirname';
use File::Copy 'copy';
use File::Find 'find';
use File::Path 'make_path';
use File::Spec::Functions 'rel2abs';

my ($distribution) = @ARGV or die "usage: $0 FOLDER\n";

my $top  = rel2abs('../..');
my $rust = rel2abs($distribution) . '/rust';

my @files  = map { glob "$top/$_" } qw(ffi-c/build.rs include/*.h LICENSE-*);
my $source = sub { push @files, $_ if /[.]rs\z/ };
find({ wanted => $source, no_chdir => 1 }, "$top/core/src", "$top/ffi-c/src");
s{\A\Q$top\E/}{} for @files;
for my $file (@files) {
    make_path(dirname("$rust/$file"));
    copy("$top/$file", "$rust/$file") or die "$file: $!\n";
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
maniadd({ map { ("rust/$_" => q{}) } @files, qw(Cargo.lock Cargo.toml core/Cargo.toml ffi-c/Cargo.toml) });

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
