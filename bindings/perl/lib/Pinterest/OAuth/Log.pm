package Pinterest::OAuth::Log;

# One line per call for Log::Any, where a program has that module. What a line says comes from the answer's document.

use 5.026;
use strict;
use warnings;
use Pinterest::OAuth::Document;

our $VERSION = '0.100';

# Writes the line of a call with this status and this document, where somebody listens. A logger that dies ends no
# call.
sub call {
    my ($status, $json) = splice @_;
    return if !$INC{'Log/Any.pm'} && !_wanted();
    local $@ = undef;
    eval { _call($status, $json); 1 } or warn "Pinterest::OAuth: the logger died: $@";
    return;
}

# Writes what token managers did since the last time, whichever thread it was.
sub managers {
    return if !$INC{'Log/Any.pm'} && !_wanted();
    local $@ = undef;
    eval { _managers(); 1 } or warn "Pinterest::OAuth: the logger died: $@";
    return;
}

# Whether the environment names an adapter, which Log::Any itself reads.
sub _wanted {
    return if !defined $ENV{LOG_ANY_DEFAULT_ADAPTER};
    local $SIG{__DIE__} = undef;
    local $@ = undef;
    return eval { require Log::Any };
}

sub _managers {
    my $log = Log::Any->get_logger(category => 'Pinterest::OAuth');
    for my $line (@{ Pinterest::OAuth::Document::decode(Pinterest::OAuth::Library::ask('take_log')) }) {
        my $level = $line->{level};
        my $id    = $line->{request_id};
        my $said
            = ($line->{account} || 'the app')
            . ": $line->{message}"
            . (defined $id ? ", request id $id" : q{});
        $log->$level($said);
    }
    return;
}

# What was refused before anything was to be sent was no call.
sub _call {
    my ($status, $json) = splice @_;
    my $log = Log::Any->get_logger(category => 'Pinterest::OAuth');
    return if !$log->is_debug;
    my $document = Pinterest::OAuth::Document::decode($json);
    my $answer   = $document->{answer} or return;
    my $outcome  = $status ? "$document->{kind} ($document->{outcome})" : 'ok';
    $log->debug(
        sprintf '%s %s: status %s, %d ms, request id %s, attempts %d, %s', @{$answer}{qw(method path)},
        $answer->{status} // 'none', $answer->{milliseconds},
        $answer->{request_id} // 'none', $answer->{attempts}, $outcome
    );
    return;
}

1;
