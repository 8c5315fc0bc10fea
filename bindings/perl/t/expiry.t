# When tokens expire, by the clock that Perl's programs have.

use 5.026;
use strict;
use warnings FATAL => 'all';
use Test::More;

my $now;

BEGIN {
    *CORE::GLOBAL::time = sub () { return $now }
}
use Pinterest::OAuth;

sub token { my ($json) = @_; return Pinterest::OAuth::Token->from_json($json) }

my $token = token('{"access_token":"a","expires_at":2000}');
for my $case (
    [1000,   q{}, q{}, 'long before its end'],
    [1939,   q{}, q{}, 'a second before the time that is asked for'],
    [1940,   q{}, 1,   'at that time'],
    [1999,   q{}, 1,   'a second before its end'],
    [2000,   1,   1,   'at its end'],
    [9 x 10, 1,   1,   'long after'],
) {
    my ($time, $expired, $within, $when) = @{$case};
    $now = $time;
    is $token->is_expired,         $expired, "$when: is_expired";
    is $token->expires_within(60), $within,  "$when: expires_within";
}

$now = 1940;
ok $token->expires_within($_), "'$_' is a number of seconds" for 60, '60', 60.5, '6e1', 9**9**9;
for my $seconds (undef, q{}, 'soon', -1, '-1', 'nan', [], {}) {
    my $shown = $seconds // 'undef';
    ok !eval { $token->expires_within($seconds); 1 }, "'$shown' is none";
    is_deeply [ref $@, $@->field, $@->outcome],
        ['Pinterest::OAuth::Error::InvalidArgument', 'seconds', 'not_sent'],
        'and the error says so';
}

my $unknown = token('{"access_token":"a","obtained_at":1000}');
is_deeply [$unknown->is_expired, $unknown->expires_within(60)], [undef, undef],
    'where the expiry is not known nothing is guessed';
is_deeply { is_expired => $unknown->is_expired, and => 'more' }, { is_expired => undef, and => 'more' },
    'and lists keep their places';

done_testing;
