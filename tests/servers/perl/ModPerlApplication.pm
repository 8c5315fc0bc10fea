package ModPerlApplication;

# Under mod_perl: loaded by PerlModule, which is in the master.

use 5.026;
use strict;
use warnings;
use Apache2::Const -compile => 'OK';
use Apache2::RequestIO  ();
use Apache2::RequestRec ();
use Application;

my $application = Application->new('ads:read');

sub handler {
    my ($request) = @_;
    $request->content_type('application/json');
    $request->print($application->answer($request->args));
    return Apache2::Const::OK;
}

1;
