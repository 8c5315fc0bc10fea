# Everything that a program prints, its arguments, its errors and its dumps: no secret is in them.

use 5.026;
use strict;
use warnings;
use File::Temp 'tempdir';
use FindBin;
use MIME::Base64 'encode_base64';
use Test::More;
use Pinterest::OAuth::Emulator;

my $emulator = Pinterest::OAuth::Emulator->start;
my $folder   = tempdir(CLEANUP => 1);

sub text {
    my ($file) = @_;
    open my $in, '<', $file or die "$file: $!\n";
    local $/ = undef;
    return scalar <$in>;
}

for my $scheme ('http', 'https') {
    local @ENV{
        qw(PINTEREST_API_URI PINTEREST_APP_ID PINTEREST_APP_SECRET PINTEREST_CODE SSL_CERT_FILE RUST_LOG)}
        = (
        $scheme eq 'https' ? $emulator->{https_base_url} : $emulator->{base_url},
        @{$emulator}{qw(app_id app_secret)}, $emulator->authorize->{code}, $emulator->{ca_file}, 'trace',
        );
    my @roots = map { "-I$_" } grep { !ref } @INC;
    my $ended = system
        "$^X @roots -w -MCarp=verbose $FindBin::Bin/canary.pl $folder/secrets $emulator->{untrusted_base_url} $folder/$scheme >$folder/out 2>$folder/err";
    is $ended, 0, "$scheme: the program ends well" or diag text("$folder/err");
    my ($out, $err) = (text("$folder/out"), text("$folder/err"));
    my @secrets = split /\n/, text("$folder/secrets");
    cmp_ok scalar @secrets, '>=', 7, "$scheme: it had secrets";
    push @secrets, encode_base64("$emulator->{app_id}:$emulator->{app_secret}", q{});
    is scalar(grep { index($out, $_) >= 0 } @secrets), 0,
        "$scheme: none is in its output, its dumps, its errors and its arguments";
    is scalar(grep { index($err, $_) >= 0 } @secrets), 0, "$scheme: none is in its stack traces";
    like $out, qr/'Pinterest::OAuth::TokenManager'.*'name' => 'shop-42'/s,
        "$scheme: managers and accounts were looked at";
    like $out, qr/canary\.pl/,                            "$scheme: the arguments were looked at";
    like $out, qr/'access_token' => '\[redacted\]'/,      "$scheme: so were tokens";
    like $out, qr/Pinterest::OAuth::Error::InvalidGrant/, "$scheme: and errors";
    like $err, qr/Pinterest::OAuth::oauth_token\(/,       "$scheme: and stack traces";
}

done_testing;
