# The token manager against the emulator: one refresh when it is due, whoever asks, and no token lost.

use 5.026;
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/lib";
use Asking qw(child succeeded);
use POSIX  ();
use Test::More;
use World;

my $EMULATOR_GAVE = qr/\Apina_[0-9A-Z]+\z/;

# What a call dies with: its class, without what all have in common.
sub dies {
    my ($call) = @_;
    return eval { $call->(); 1 } ? 'nothing' : ref $@ ? ref($@) =~ s/\APinterest::OAuth::Error:://r : $@;
}

{
    my $world   = World->new;
    my $account = $world->manager->account('shop-42');
    is dies(sub { $account->access_token }), 'UnknownAccount', 'before its login an account is unknown';
    my %redirect = ($world->redirect(scope => 'pins:read'), state => 'own');
    my $token    = $account->login(%redirect);
    like my $first = $account->access_token, $EMULATOR_GAVE, 'after it there is an access token';
    is $token->access_token,       $first,      'which the login has returned';
    is $account->access_token_now, $first,      'and which is cached';
    is $account->token->scope,     'pins:read', 'the whole token is there as well';
    is dies(sub { $account->access_token('ads:write') }), 'InsufficientScope',
        'a scope that it lacks is an error';
    is $account->login(%redirect)->access_token, $first, 'the same redirect twice is one login';
    is $world->emulator->requests,               1,      'and one request';

    $world->pass(25);
    my $second = $account->access_token;
    isnt $second,                                         $first, 'when 25 days have passed there is another';
    is $world->manager->account('shop-42')->access_token, $second, 'a manager made anew has it, too';
    is $account->access_token,                            $second, 'so has the first one' for 1 .. 3;
    is $world->refreshes,                                 1,       'all of it by one refresh';

    # Without a look at the disk: the store is moved away.
    my $store = "$world->{folder}/tokens";
    rename $store, "$store.away" or die;
    is $world->manager->account('shop-42')->access_token, $second,
        'managers with equal settings share what they know';
    rename "$store.away", $store or die;

    my $status = $account->status;
    is_deeply [@{$status}{qw(account state generation warning)}], ['shop-42', 'ready', 2, undef],
        'status says where it stands';
    is_deeply [$world->manager->accounts], [$status], 'as does accounts';

    $world->pass(25);
    my $report = $world->manager->refresh_due(parallel => 2);
    is_deeply [@{$report}{qw(accounts due refreshed failed needs_login)}], [1, 1, 1, [], []],
        'refresh_due has it when it is due';
    is $world->refreshes,                                            2,      'by one more refresh';
    is ref $world->manager->doctor(repair => 1)->{last_refresh_due}, 'HASH', 'which doctor knows of';

    $account->refresh;
    is $world->refreshes, 2, 'within a minute of the last one refresh sends nothing';
    my $forced = $account->refresh(force => 1);
    is $world->refreshes,                     3,                      'with force it does';
    is $account->access_token,                $forced->access_token,  'and its token is the one to use';
    is $account->export_token->refresh_token, $forced->refresh_token, 'also on the disk';
}

{
    my $world   = World->new;
    my $account = $world->account('shop-42');
    my $old     = $account->access_token;
    is dies(sub { $account->rejected($old) }), 'StoreBusy', 'a token of this minute is not replaced';
    $world->pass(1);
    my $new = $account->rejected($old);
    isnt $new,                   $old, 'a token that Pinterest has rejected is replaced';
    is $account->rejected($old), $new, 'once: who rejects the old one gets the new one';
    like dies(sub { $account->rejected($new) }), qr/\A(?:InvalidToken|StoreBusy)\z/, 'the new one is refused';
    is dies(sub { $account->rejected($new, 3) }), 'InsufficientScope', 'a missing scope refreshes nothing';
    is $world->refreshes,                         1,                   'one refresh was sent';

    $world->emulator->script({ status => 503, times => 9 });
    $world->pass(25);
    is $account->access_token,            $new,           'a refresh that fails leaves the valid token';
    is $account->status->{trouble}{kind}, 'server_error', 'status tells of it';
    $world->pass(6);
    is dies(sub { $account->access_token }), 'ServerError', 'an expired token does not hide it';
    $world->pass(1);
    my $failed = $world->manager->refresh_due->{failed}[0];
    is $failed->{account}, 'shop-42', 'refresh_due names the account';
    isa_ok $failed->{error}, 'Pinterest::OAuth::Error::ServerError', 'and has its error:';
}

{
    my $world   = World->new;
    my $account = $world->account('shop-42');
    $world->emulator->script({ fault => 'invalid_grant', times => 9 });
    $world->pass(29);
    like $account->access_token, $EMULATOR_GAVE,
        'a refresh token that was refused leaves the valid access token';
    is $account->status->{state}, 'doubtful', 'refused once is in doubt';
    $world->pass(2);
    is dies(sub { $account->access_token }), 'ReauthorizationRequired',
        'refused twice the user must log in again';
    is $account->status->{state}, 'needs_login', 'as status says';
    is_deeply $world->manager->refresh_due->{needs_login}, ['shop-42'], 'and refresh_due';
    $world->emulator->clear;
    $account->login($world->redirect);
    like $account->access_token, $EMULATOR_GAVE, 'a login sets it right';
    is $account->status->{state}, 'ready', 'all of it';
}

{
    my $world   = World->new;
    my $client  = Pinterest::OAuth->new($world->emulator->settings);
    my $token   = $client->oauth_token(grant_type => 'authorization_code', $world->redirect);
    my $account = $world->manager->account('moved')->import_token($token);
    is $account->access_token, $token->access_token, 'a token of elsewhere can be imported';
    $world->pass(25);
    isnt $account->access_token, $token->access_token, 'and is refreshed from then on';
    my $app = $world->manager->app(['ads:read']);
    is $app->access_token, $world->manager->app('ads:read')->access_token,
        'the app itself has a token for each set of scopes';
    is $app->token->scope, 'ads:read', 'with these';
}

# Children and parent at once. Before the last minutes whoever does not refresh gets the token that there is.
for my $days (25, 31) {
    my $world   = World->new;
    my $account = $world->account('shop-42');
    my $old     = $account->access_token;
    $world->pass($days);
    my @children = map {
        child(sub {
            my $token = $account->access_token;
            open my $out, '>>', "$world->{folder}/said" or die;
            syswrite $out, "$token\n";
            close $out;
        })
    } 1 .. 6;
    my $token = $account->access_token;
    ok succeeded(@children), 'children that were forked ask, and end';
    open my $in, '<', "$world->{folder}/said" or die;
    my %said = map { $_ => 1 } <$in>;
    my $new  = $account->export_token->access_token;
    delete @said{ "$new\n", $days < 30 ? "$old\n" : () };
    is_deeply \%said, {}, 'all of them get the stored token';
    isnt $new,            $old, 'which is a new one';
    is $world->refreshes, 1,    'by one refresh';
}

# Signals: what was sent is stored, then the program ends by the signal.
for my $case (
    [INT  => POSIX::SIGINT(),  1],
    [TERM => POSIX::SIGTERM(), 1],
    [INT  => POSIX::SIGINT(),  2],
    [INT  => 0,                1, sub { $SIG{INT} = 'IGNORE' }],
    [
        INT => 0,
        1,
        sub {
            $SIG{INT} = sub { $ENV{CAME} = 1 }
        }
    ],
    [
        INT => 9,
        1,
        sub {
            $SIG{INT} = sub { die "enough\n" }
        }
    ],
) {
    my ($signal, $ended, $times, $before) = @{$case};
    my $world   = World->new;
    my $account = $world->account('shop-42');
    $world->pass(25);
    $world->emulator->clear;
    $world->emulator->script({ action => 'pinterest', delay_ms => $times > 1 ? 20_000 : 1_000 });
    my $pid = fork // die "no child: $!\n";
    if (!$pid) {
        local $SIG{INT} = 'DEFAULT';
        $before->() if $before;
        my $good = eval { $account->access_token; 1 };
        POSIX::_exit($good ? 0 : 9);
    }
    for my $time (1 .. $times) {
        select undef, undef, undef, 0.02 while !$world->emulator->requests;
        select undef, undef, undef, 0.3 if $time > 1;
        kill $signal, $pid;
    }
    waitpid $pid, 0;
    my $how = $? & 127 || $? >> 8;
    is $how, $ended, "SIG$signal x $times during a refresh: the program ends as it should";
    next if $times > 1;
    isnt $world->manager->account('shop-42')->export_token->refresh_token_rotated, undef,
        'its token is there';
    is $account->status->{generation}, 2, 'and stored';
    like $account->access_token, $EMULATOR_GAVE, 'for everybody';
    is $world->refreshes, 1, 'without another refresh';
}

# The signals of a program are afterwards what they were.
{
    my $world = World->new;
    local $SIG{HUP} = 'IGNORE';
    my $handler = local $SIG{TERM} = sub { };
    my $before  = $SIG{INT} // 'DEFAULT';
    my $account = $world->account('shop-42');
    is_deeply [map { $_ // 'DEFAULT' } @SIG{qw(HUP TERM)}], ['IGNORE', $handler],
        'handlers of the program stay';
    my ($after, $wanted) = map { $_ || 'DEFAULT' } $SIG{INT}, $before;
    is $after, $wanted, 'and none is left behind';
}

done_testing;
