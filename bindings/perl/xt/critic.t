# perlcritic at severity 4, with the exception that .perlcriticrc explains, and perltidy.

use 5.026;
use strict;
use warnings;
use FindBin;
use Perl::Critic;
use Perl::Tidy;
use Test::More;

my $top     = "$FindBin::Bin/..";
my $critic  = Perl::Critic->new(-profile => "$top/.perlcriticrc", -severity => 4, -verbose => 8);
my @folders = map { "$top/$_" }
    qw(lib inc Makefile.PL ../../examples/perl ../../tests/conformance/drivers/perl ../../tests/servers/perl);
my @files = grep { /[.](?:pm|pl|PL|psgi|cgi)\n\z/ } qx(find @folders -type f);
chomp @files;
cmp_ok scalar @files, '>=', 10, 'there are files to read';
for my $file (@files) {
    my @violations = $critic->critique($file);
    is join(q{}, @violations), q{}, 'perlcritic has nothing to say about ' . $file =~ s{.*/\.\./}{}r;
}

my @tests = map { chomp; $_ } qx(find $top/t $top/xt -name '*.t' -o -name '*.p[lm]');
for my $file (@files, @tests) {
    my $tidy = q{};
    Perl::Tidy::perltidy(
        source => $file, destination => \$tidy, perltidyrc => "$top/.perltidyrc",
        argv   => q{}
    );
    open my $in, '<', $file or die "$file: $!\n";
    ok $tidy eq do { local $/ = undef; readline $in },
        'perltidy would change nothing in ' . $file =~ s{.*/\.\./}{}r;
    close $in;
}

done_testing;
