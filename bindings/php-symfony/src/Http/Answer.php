<?php

declare(strict_types=1);

namespace OpenAPI\Server\Http;

use OpenAPI\Server\Misuse;
use OpenAPI\Server\Model\Error;
use OpenAPI\Server\Model\OauthAccessTokenResponse;
use Pinterest\OAuth\Token;
use Symfony\Component\HttpFoundation\Response;

/**
 * Turns what an implementation returned into the HTTP answer.
 *
 * @internal
 */
final class Answer
{
    private const JSON = \JSON_THROW_ON_ERROR | \JSON_PRESERVE_ZERO_FRACTION
        | \JSON_UNESCAPED_SLASHES | \JSON_UNESCAPED_UNICODE;

    /**
     * @param array<string, string|list<string>> $headers
     *
     * @throws Misuse when the result is no JSON object
     */
    public static function of(
        #[\SensitiveParameter] array|object|null $result,
        int $status = 200,
        array $headers = [],
    ): Response {
        if ($result instanceof Response) {
            return $result;
        }
        if ($result === null && $status < 400) {
            return new Response('', $status === 200 ? 204 : $status, $headers);
        }
        $answer = new Response(self::json($result ?? Error::forStatus($status)), $status, $headers);
        $answer->headers->set('Content-Type', 'application/json');

        return $answer;
    }

    private static function json(#[\SensitiveParameter] array|object $result): string
    {
        try {
            $json = match (true) {
                $result instanceof Token => $result->asAnswered(),
                $result instanceof OauthAccessTokenResponse => json_encode($result->toArray(), self::JSON),
                $result === [] => '{}',
                default => json_encode($result, self::JSON),
            };
        } catch (\JsonException $problem) {
            throw new Misuse('What oauthToken() returned cannot be JSON: ' . $problem->getMessage());
        }
        if ($json[0] !== '{') {
            throw new Misuse('What oauthToken() returned is JSON, but not an object.');
        }

        return $json;
    }
}
