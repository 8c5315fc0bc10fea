# Every kind of the library has its class, and every class its kind and its help.

use 5.026;
use strict;
use warnings;
use FindBin;
use Test::More;
use Pinterest::OAuth;

sub text {
    my ($file) = @_;
    open my $in, '<', $file or die "$file: $!\n";
    local $/ = undef;
    return scalar <$in>;
}

my $header = text("$FindBin::Bin/../../../include/pinterest_oauth.h");
my $module = text($INC{'Pinterest/OAuth/Error.pm'});
my %number = map { lc } $header =~ /^\s*PINTEREST_OAUTH_STATUS_(\w+) = (\d+)/mg;
my $ok     = delete $number{ok};
is $ok, 0, 'the header has statuses';
cmp_ok scalar keys %number, '>=', 19, 'and kinds';

for my $kind (sort { $number{$a} <=> $number{$b} } keys %number) {
    is Pinterest::OAuth::Library::status_name($number{$kind}), $kind,
        "$kind has the number of the header in the library";
    eval { Pinterest::OAuth::Error->_throw(qq({"kind":"$kind","message":"m","what_now":"w"})) };
    my $class = 'Pinterest::OAuth::Error::' . join q{}, map { ucfirst } split /_/, $kind;
    is ref $@, $class, "$kind is $class";
    like $module, qr/^=head2 \Q$class\E$/m, "$class has its help";
}
my @classes = grep { s/::\z// } keys %Pinterest::OAuth::Error::;
is @classes, keys %number, 'there is no class without a kind';
is Pinterest::OAuth::Library::status_name(1 + keys %number), 'unknown',
    'the library knows no kind that the header lacks';

eval { Pinterest::OAuth::Error->_throw('{"kind":"from_the_future","message":"m","what_now":"w"}') };
is ref $@,   'Pinterest::OAuth::Error', 'a kind of a newer library is an error all the same';
is $@->kind, 'from_the_future',         'with its name';

my ($abi) = $header =~ /PINTEREST_OAUTH_ABI_VERSION (\d+)/;
like text($INC{'Pinterest/OAuth/Library.pm'}), qr/my \$ABI\s*= $abi;/,
    'the module needs the ABI of the header';
my ($version) = text("$FindBin::Bin/../../../Cargo.toml") =~ /^version = "(.*)"/m;
for my $file (sort grep { m{^(?:Pinterest|WWW/OpenAPIClient)/} } keys %INC) {
    (my $package = $file) =~ s{/}{::}g;
    $package =~ s/\.pm\z//;
    is $package->VERSION, $version, "$package has the version of the library";
}

done_testing;
