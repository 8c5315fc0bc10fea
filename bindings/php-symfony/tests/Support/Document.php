<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support;

/**
 * The blocks of the generated server's document, of which the project keeps a copy.
 */
final class Document
{
    private const COPY = __DIR__ . '/../../../../tests/seeds/php-symfony-server.md';

    /** The one block in that language, as it is printed. */
    public static function block(string $language): string
    {
        $count = preg_match_all("/^```$language\n(.*?)^```$/ms", (string) file_get_contents(self::COPY), $found);
        \assert($count === 1);

        return $found[1][0];
    }

    /** Writes the example as a project into a folder; the path of its class. */
    public static function project(string $folder): string
    {
        Folder::write("$folder/config/services.yaml", self::block('yaml'));
        $class = "$folder/src/Acme/MyBundle/Api/OauthApi.php";
        Folder::write($class, self::block('php'));

        return $class;
    }
}
