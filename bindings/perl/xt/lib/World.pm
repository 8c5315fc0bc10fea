package World;

# An emulator, a store, and a clock that moves both.

use 5.026;
use strict;
use warnings;
use File::Temp 'tempdir';
use List::Util 'sum0';
use Pinterest::OAuth::Emulator;
use Pinterest::OAuth::TokenManager;

my $DAY = 86_400;

sub new {
    my ($class, %switches) = @_;
    my $folder = tempdir(CLEANUP => 1);
    my $self   = bless {
        folder   => $folder,
        emulator => Pinterest::OAuth::Emulator->start(
            tls => 0, rotation => 'strict', same_second_same_token => 0, %switches
        ),
    }, $class;
    return $self;
}

sub emulator { return $_[0]{emulator} }

sub settings {
    my ($self) = @_;
    return (
        $self->emulator->settings,
        store             => "$self->{folder}/tokens",
        clock_offset_file => $self->emulator->clock_file
    );
}

sub manager { my ($self, @more) = @_; return Pinterest::OAuth::TokenManager->new($self->settings, @more) }

# An account that has just been logged in.
sub account {
    my ($self, $name) = @_;
    my $account = $self->manager->account($name);
    $account->login($self->redirect);
    return $account;
}

sub redirect {
    my ($self, @asked) = @_;
    return (code => $self->emulator->authorize(@asked)->{code}, redirect_uri => 'http://localhost:8085/');
}

sub pass {
    my ($self, $days) = @_;
    return $self->emulator->advance($days * $DAY);
}

# How many refreshes the emulator has been asked for.
sub refreshes {
    my ($self) = @_;
    return sum0 values %{ $self->emulator->control(GET => '/counts')->{refresh_tokens} };
}

1;
