# What this package names is what the table of documents names: parameters, accessors, kinds, outcomes, methods.

use 5.026;
use strict;
use warnings;
use FindBin;
use JSON::PP 'decode_json';
use List::Util qw(max uniq);
use Test::More;
use Pinterest::OAuth 'oauth_token';
use Pinterest::OAuth::TokenManager;

my $FOLDER  = 'bindings/perl/lib';
my $CLIENT  = "$FOLDER/Pinterest/OAuth.pm";
my $TOKEN   = "$FOLDER/Pinterest/OAuth/Token.pm";
my $ERROR   = "$FOLDER/Pinterest/OAuth/Error.pm";
my $MANAGER = "$FOLDER/Pinterest/OAuth/TokenManager.pm";
my $ACCOUNT = "$FOLDER/Pinterest/OAuth/Account.pm";
my $LOGIN   = "$FOLDER/Pinterest/OAuth/Login.pm";
my $BEGIN   = "$FOLDER/Pinterest/OAuth/LoginBegin.pm";
my $END     = "$FOLDER/Pinterest/OAuth/LoginEnd.pm";

# What Perl has besides the table.
my %OWN = (
    $CLIENT => [qw(new refresh check)],
    $TOKEN  => [qw(is_expired expires_within to_json to_hash from_json)],
    $ERROR  => [qw(file line to_hash to_json new token)],
    $LOGIN  => [qw(show next_event paste answer cancel)],
    $BEGIN  => ['psgi'],
    $END    => ['psgi'],
);

# Parameters that Perl has besides the table, by document.
my %OWN_PARAMETER = (
    login_options       => [qw(on_start on_event)],
    login_begin_request => ['env'],
    login_visit         => ['env'],
);

sub text {
    my ($file) = @_;
    open my $in, '<', $file or die "$file: $!\n";
    local $/ = undef;
    return scalar <$in>;
}

my $table    = decode_json(text("$FindBin::Bin/../../../include/documents.json"));
my %document = map { $_->{name} => $_->{fields} } @{ $table->{documents} };
my @calls    = (@{ $table->{calls} }, @{ $table->{without_a_call} });
$document{$_} = [grep { $_->{name} ne 'language' } @{ $document{$_} }] for qw(config redirect_request);

sub names {
    my ($name) = @_;
    return map { $_->{name} } @{ $document{$name} };
}

# Compares the names in a file with those of the table, and says of each that is missing or surplus where.
sub same {
    my ($file, $found, $expected, $as) = @_;
    my %found    = map { $_ => 1 } @{$found};
    my %expected = map { $_ => 1 } @{$expected};
    my @wrong    = (
        (map { "$file lacks " . $as->($_) } grep { !$found{$_} } sort keys %expected),
        (
            map  { "$file has " . $as->($_) . ', which the table lacks' }
            grep { !$expected{$_} } sort keys %found
        ),
    );
    cmp_ok scalar keys %expected, '>', 0, 'there are names to compare';
    is join("\n", @wrong), q{}, "$file: " . $as->('NAME');
    return;
}

# The help of a file: what is under each heading that one item or more share.
sub help {
    my ($file) = @_;
    my (undef, @sections) = split /^=head[12] /m, text($INC{ $file =~ s{\A\Q$FOLDER\E/}{}r });
    my %help;
    for my $section (@sections) {
        my ($heading, $said) = split /\n/, $section, 2;
        $help{$_} = $said for split /, /, $heading;
    }
    return \%help;
}

sub items {
    my ($section) = @_;
    my %items;
    while (($section // q{}) =~ /^=item ([^\n]+)\n(.*?)(?=^=item|^=back)/msg) {
        my ($names, $said) = ($1, $2);
        $items{$_} = $said for split /, /, $names;
    }
    return \%items;
}

my %help = map { $_ => help($_) } $CLIENT, $TOKEN, $ERROR, $MANAGER, $ACCOUNT, $LOGIN, $BEGIN, $END;

# Parameters, with the values that they may have and the variables that stand in for them; and what comes back.
for my $case (
    [$CLIENT, { name => 'new', request => 'config' }],
    (map { [$CLIENT, $_] } @calls),
    [$MANAGER, { name => 'new',   request => 'manager' }],
    [$ACCOUNT, { name => 'login', request => 'login_request' }],
    (map { [$MANAGER, { name => $_, request => $_ }] } qw(refresh_due doctor)),
    [$ACCOUNT, { name => 'status',       request => 'status' }],
    [$ACCOUNT, { name => 'remove',       request => 'removed' }],
    [$MANAGER, { name => 'login',        request => 'login_options' }],
    [$MANAGER, { name => 'begin_login',  request => 'login_begin_request' }],
    [$MANAGER, { name => 'finish_login', request => 'login_visit' }],
    [$LOGIN,   { name => 'next_event',   request => 'login_event' }],
) {
    my ($file, $call)    = @{$case};
    my ($name, $request) = @{$call}{qw(name request)};
    my $items    = items($help{$file}{$name});
    my @expected = (names($request), @{ $OWN_PARAMETER{$request} // [] });
    same($file, [keys %{$items}], \@expected, sub { "the name $_[0] of $name" });
    for my $field (@{ $document{$request} }) {
        my $said = $items->{ $field->{name} } // next;
        for my $word (@{ $field->{values} // [] }, @{ $field->{variables} // [] }) {
            like $said, qr/C<\Q$word\E>/, "$file says $word at $field->{name} of $name";
        }
    }
}
same(
    $MANAGER, \@Pinterest::OAuth::TokenManager::SETTINGS, [names('manager')],
    sub { "the setting $_[0] in \@SETTINGS" }
);
same($CLIENT, \@Pinterest::OAuth::SETTINGS, [names('config')], sub { "the setting $_[0] in \@SETTINGS" });

my %type;
for my $field (
    map { @{ $document{$_} } } qw(config manager login_request login_options login_begin_request login_visit),
    map { $_->{request} } @calls
) {
    $type{ $field->{name} }{ $field->{type} }++ if $field->{type} =~ /\A(?:boolean|number|integer)\z/;
}
is_deeply [grep { keys %{ $type{$_} } > 1 } keys %type], [], 'no name has two types';
same(
    $CLIENT,
    [map { "$_ as $Pinterest::OAuth::TYPE{$_}" } keys %Pinterest::OAuth::TYPE],
    [map { "$_ as " . (keys %{ $type{$_} })[0] } keys %type],
    sub { "$_[0] in \%TYPE" }
);

# Methods and accessors, each with its help.
for my $case (
    [$CLIENT, 'Pinterest::OAuth',             'method',   map { $_->{name} } @calls],
    [$TOKEN,  'Pinterest::OAuth::Token',      'accessor', names('token')],
    [$ERROR,  'Pinterest::OAuth::Error',      'accessor', names('error')],
    [$LOGIN,  'Pinterest::OAuth::Login',      'accessor', names('login_started')],
    [$BEGIN,  'Pinterest::OAuth::LoginBegin', 'accessor', names('login_begin')],
    [$END,    'Pinterest::OAuth::LoginEnd',   'accessor', names('login_end')],
) {
    my ($file, $class, $what, @expected) = @{$case};
    my @helped = grep { /\A[a-z_]+\z/ } keys %{ $help{$file} };
    same($file, \@helped, [@expected, @{ $OWN{$file} }], sub { "help for the $what $_[0]" });
    same(
        $file, [grep { $class->can($_) } @expected, @helped], [uniq @expected, @helped],
        sub { "the $what $_[0]" }
    );
}
my $client = Pinterest::OAuth->new(trust_env => 0);
my @names  = map { $_->{name} } @calls;
my @asked  = grep {
    my $name = $_;
    eval { $client->$name };
    ref $@
} @names;
same("$FOLDER/Pinterest/OAuth/Library.pm", \@asked,    \@names,           sub { "the function of $_[0]" });
same($TOKEN, [keys %{ items($help{$TOKEN}{answer}) }], [names('answer')], sub { "the key $_[0] of answer" });
same(
    $ERROR,
    [grep { $_ ne 'C' } $help{$ERROR}{outcome} =~ /C<(\w+)>/g],
    $table->{outcomes}, sub { "the outcome $_[0]" }
);

# What comes back has the keys of the table.
my $manager
    = Pinterest::OAuth::TokenManager->new(app_id => 1, app_secret => 2, trust_env => 0, store => ':memory:');
my $account = $manager->account->import_token(Pinterest::OAuth::Token->from_json('{"access_token":"t"}'));
same(
    $MANAGER, [keys %{ $manager->refresh_due }], [names('refresh_due')],
    sub { "the key $_[0] of refresh_due" }
);
same($MANAGER, [keys %{ $manager->doctor }], [names('doctor')],  sub { "the key $_[0] of doctor" });
same($ACCOUNT, [keys %{ $account->status }], [names('status')],  sub { "the key $_[0] of status" });
same($ACCOUNT, [keys %{ $account->remove }], [names('removed')], sub { "the key $_[0] of remove" });

my ($outcomes) = map { $_->{values} } grep { $_->{name} eq 'outcome' } @{ $document{login_end} };
same(
    $END,      [$help{$END}{outcome} =~ /C<([a-z_]+)>/g],
    $outcomes, sub { "the outcome $_[0]" }
);
my $refused = $manager->finish_login(query => 'code=c&state=s');
same($END, [keys %{ $refused->TO_JSON }], [names('login_end')], sub { "the key $_[0] of an end" });

# The functions of the C library, but those for programs without objects.
my %not_needed = map { $_ => 1 } qw(abi_version version token client_refresh client_refresh_file
    token_as_answered document_text document_number token_expires_within close_idle);
my $header    = text("$FindBin::Bin/../../../include/pinterest_oauth.h");
my @functions = grep { !$not_needed{$_} } $header =~ /^[a-z].*\bpinterest_oauth_(\w+)\(/mg;
same(
    "$FOLDER/Pinterest/OAuth/Library.pm", [grep { Pinterest::OAuth::Library->can($_) } @functions],
    \@functions,                          sub { "the function $_[0]" }
);

# Kinds: a class and its help for each, and the number of the table in the library.
my %class = map {
    $_->{name} => 'Pinterest::OAuth::Error::' . join q{}, map { ucfirst } split /_/, $_->{name}
} @{ $table->{kinds} };
my @classes = map { "Pinterest::OAuth::Error::$_" } grep { s/::\z// } keys %Pinterest::OAuth::Error::;
same($ERROR, \@classes,                               [values %class], sub { "the class $_[0]" });
same($ERROR, [grep { /::/ } keys %{ $help{$ERROR} }], [values %class], sub { "help for the class $_[0]" });
for my $kind (@{ $table->{kinds} }) {
    my $name = $kind->{name};
    is Pinterest::OAuth::Library::status_name($kind->{number}), $name, "$name has its number in the library";
    eval { Pinterest::OAuth::Error->_throw(qq({"kind":"$name","text":"t"})) };
    is ref $@, $class{$name}, "$name is $class{$name}";
}
my $next = 1 + max map { $_->{number} } @{ $table->{kinds} };
is Pinterest::OAuth::Library::status_name($next), 'unknown', 'the library knows no kind that the table lacks';
eval { Pinterest::OAuth::Error->_throw('{"kind":"from_the_future","text":"t"}') };
is ref $@,   'Pinterest::OAuth::Error', 'a kind of a newer library is an error all the same';
is $@->kind, 'from_the_future',         'with its name';

# What Perl itself refuses tells as much as the library.
eval { oauth_token('odd') };
same($ERROR, [keys %{ $@->to_hash }], [names('error')], sub { "the key $_[0] of an error of Perl's own" });
is $@->text, $@->message . q{. } . $@->what_now, 'its text is message and advice';

done_testing;
