# Where Cpanel::JSON::XS is not installed, JSON::PP of Perl itself does the same.

use 5.026;
use strict;
use warnings;
use Config;
use File::Path 'make_path';
use File::Temp 'tempdir';
use FindBin;
use Test::More;

my $folder = tempdir(CLEANUP => 1);
make_path("$folder/Cpanel/JSON");
open my $out, '>', "$folder/Cpanel/JSON/XS.pm" or die "no file: $!\n";
print {$out} "die qq(hidden\\n);\n";
close $out or die "no file: $!\n";

local $ENV{PERL5LIB} = join $Config{path_sep}, $folder, grep { !ref } @INC;
for my $test (glob "$FindBin::Bin/../t/*.t") {
    my $said = qx{"$^X" "$test" 2>&1};
    is $?, 0, 'without Cpanel::JSON::XS passes ' . $test =~ s{.*/}{}r or diag $said;
}
my $program = 'Pinterest::OAuth::Token->from_json(q({"access_token":"a"}))->scope; print $INC{"JSON/PP.pm"}';
like qx{"$^X" -MPinterest::OAuth -e '$program'}, qr{JSON/PP\.pm}, 'JSON::PP is what was used';

done_testing;
