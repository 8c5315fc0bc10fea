<?php

declare(strict_types=1);

namespace OpenAPI\Server\Http;

use Pinterest\OAuth\Token;

/**
 * A token of the client as Pinterest answered it: without what the client added, every value to the letter.
 *
 * The text is cut, not decoded: PHP has no number type for all that JSON can hold.
 *
 * @internal
 */
final class TokenJson
{
    /** Keys of the client's own. */
    private const ADDED = ['"obtained_at"', '"refresh_token_rotated"', '"scopes"'];

    /** One member: its name, its value, and the comma or brace that ends it. */
    private const MEMBER = '~\G \s* (?<name> (?&string) ) \s*:\s* (?<value> (?&any) ) \s* [,}]
        (?(DEFINE)
            (?<string> "(?: [^"\\\\]++ | \\\\. )*+" )
            (?<any> (?&string) | [\[{] (?: (?&any) | [\s:,]++ )*+ [\]}] | [^"\[\]{}\s:,]++ )
        )~xs';

    public static function of(#[\SensitiveParameter] Token $token): string
    {
        $members = self::members($token->toJson());
        $added = self::ADDED;
        if (!$token->refreshTokenRotated) {
            // Pinterest sent none: this is the one that was used.
            $added[] = '"refresh_token"';
        }

        if ($token->expiresAt === $token->obtainedAt + $token->expiresIn) {
            $added[] = '"expires_at"';
        }

        return '{' . implode(',', array_diff_key($members, array_flip($added))) . '}';
    }

    /**
     * @return array<string, string> name in its quotes => the whole member
     */
    private static function members(#[\SensitiveParameter] string $document): array
    {
        $members = [];
        $at = 1;
        while (preg_match(self::MEMBER, $document, $found, 0, $at) === 1) {
            $members[$found['name']] = $found['name'] . ':' . $found['value'];
            $at += \strlen($found[0]);
        }
        if ($at !== \strlen($document)) {
            throw new \LogicException('The token document could not be read to its end.');
        }

        return $members;
    }
}
