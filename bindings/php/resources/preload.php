<?php

/**
 * For `opcache.preload`: the classes of this package, which then may use FFI while other scripts may not.
 *
 * A preload script of your own can require this one. php-fpm does not start when the library cannot be used.
 */

declare(strict_types=1);

(static function (string $src): void {
    require_once $src . '/Exception/PinterestOAuthException.php';
    require_once $src . '/Exception/Details.php';
    // functions.php stays out: the autoloader of the next deployment, in another folder, declares it again.
    // Http/ stays out, too: what it is written for need not be there, and it calls FFI by other classes alone.
    $files = [...glob($src . '/Exception/*.php'), ...glob($src . '/Internal/*.php'), ...glob($src . '/[A-Z]*.php')];
    foreach ($files as $file) {
        require_once $file;
    }
    Pinterest\OAuth\Library::version();
})(dirname(__DIR__) . '/src');
