package Pinterest::OAuth::Document;

# JSON, out and in: parameters become a request, an answer becomes Perl's data.
# Which parameters there are belongs to Pinterest::OAuth, and what they may be to the library.

use 5.026;
use strict;
use warnings;
use overload ();

our $VERSION = '0.100';

my %ESCAPE = (q{"} => q{\"}, q{\\} => q{\\\\});

# All but the ASCII that JSON writes as it is.
my $SPECIAL = qr{[^ !#-\[\]-~]};

# What is no character.
my $NO_UNICODE = qr/[^\x{0}-\x{D7FF}\x{E000}-\x{10FFFF}]/;
my $JSON;

# Perl does not tell 1 from '1': which texts are meant as another type. What fits none stays text.
my %TRUTH = (q{""}   => 'false', q{"0"} => 'false', q{"1"} => 'true');
my %MEANT = (boolean => sub { $TRUTH{ $_[0] } // $_[0] }, number => \&_number);

# Parameters as the members of a JSON object: text, except where `types` names another type. What JSON cannot say
# becomes an empty list, which the library refuses by name.
sub members {
    my ($types, @pairs) = splice @_;
    _refuse('parameters', 'must be pairs of a name and a value') if @pairs % 2;
    my @members;
    while (my ($name, $value) = splice @pairs, 0, 2) {
        _refuse('parameters', 'must have names') if !defined $name;
        next if !defined $value;
        if (my $type = $types->{$name}) {
            push @members, qq("$name":) . $MEANT{$type}->(_value($value, $name, 0));
        }
        elsif (ref $value || "$name$value" =~ $SPECIAL) {
            push @members, _text($name, 'parameters') . q{:} . _value($value, $name, 0);
        }
        else {
            push @members, qq("$name":"$value");
        }
    }
    utf8::downgrade($_) for @members;
    return @members;
}

# A text that the library takes as it is, as bytes.
sub bytes {
    my ($name, $value) = splice @_;
    _refuse($name, 'must be text, and not undef') if !defined $value;
    _refuse($name, 'must be text') if ref $value && !overload::Method($value, q{""});
    my $text = "$value";
    _refuse($name, 'must not contain NUL') if $text =~ /\0/;
    _refuse($name, 'must be Unicode text') if $text =~ $NO_UNICODE;
    utf8::encode($text);
    return $text;
}

# Scopes as the library takes them: from text or a list of texts.
sub scopes {
    my ($scopes) = splice @_;
    my @scopes = ref $scopes eq 'ARRAY' ? @{$scopes} : $scopes;
    return join q{,}, map { bytes('scopes', $_) } @scopes;
}

# The value of the only parameter that a method has.
sub option {
    my ($method, $name, @pairs) = splice @_;
    if (@pairs && (@pairs != 2 || ($pairs[0] // q{}) ne $name)) {
        _refuse('parameters', "of $method are $name and its value, or none");
    }
    return $pairs[1];
}

sub object { return '{' . join(q{,}, splice @_) . '}' }

# Data as JSON, of any depth.
sub encode {
    my ($data) = splice @_;
    $JSON //= _json();
    return $JSON->encode($data);
}

# A document of the library as Perl's data.
sub decode {
    my ($json) = splice @_;
    $JSON //= _json();
    return $JSON->decode($json);
}

# JSON in ASCII alone, so that every file and every database keeps it as it is.
sub ascii {
    my ($json) = splice @_;
    utf8::decode($json);
    $json =~ s{([^\x00-\x7f])}{_escape(ord $1)}gex;
    utf8::encode($json);
    return $json;
}

# No parameter is nested deeper than a hash or a list of texts. A token is an object, never a hash, whose
# numbers would lose digits.
sub _value {
    my ($value, $name, $depth) = splice @_;
    return 'null' if !defined $value;
    my $type = ref $value or return _text($value, $name);
    return '[]' if $depth > 1;
    if ($type eq 'ARRAY') {
        return '[' . join(q{,}, map { _value($_, $name, $depth + 1) } @{$value}) . ']';
    }
    if ($type eq 'HASH' && $name ne 'token') {
        my $member = sub { _text($_, $name) . q{:} . _value($value->{$_}, "$name.$_", $depth + 1) };
        return '{' . join(q{,}, map { $member->() } sort keys %{$value}) . '}';
    }
    return $value ? 'true' : 'false' if $type eq 'JSON::PP::Boolean';
    return $value->_json if $name eq 'token' && $type->isa('Pinterest::OAuth::Token');
    return overload::Method($value, q{""}) ? _text("$value", $name) : '[]';
}

sub _text {
    my ($text, $name) = splice @_;
    if ($text =~ $SPECIAL) {
        _refuse($name, 'must be Unicode text') if $text =~ $NO_UNICODE;
        $text =~ s{(["\\\x00-\x1f])}{$ESCAPE{$1} // _escape(ord $1)}gex;
    }
    utf8::encode($text);
    return qq("$text");
}

sub _escape {
    my ($code) = @_;
    return sprintf '\u%04x', $code if $code < 0x10000;
    $code -= 0x10000;
    return sprintf '\u%04x\u%04x', 0xD800 + ($code >> 10), 0xDC00 + ($code & 0x3FF);
}

sub _number {
    my ($json)   = @_;
    my ($digits) = $json =~ /\A"(-?[0-9]*[.]?[0-9]+(?:[eE][-+]?[0-9]+)?)"\z/ or return $json;
    my $number   = 0 + $digits;
    return $number =~ /[0-9]/ ? $number : $json;    # not what Perl calls Inf
}

sub _json {
    local ($@, $SIG{__DIE__}) = (undef, undef);
    return Cpanel::JSON::XS->new->utf8 if eval { require Cpanel::JSON::XS };
    require JSON::PP;
    return JSON::PP->new->utf8;
}

sub _refuse {
    my ($name, $problem) = splice @_;
    require Pinterest::OAuth::Error;
    return Pinterest::OAuth::Error->_refuse($name, $problem);
}

1;
