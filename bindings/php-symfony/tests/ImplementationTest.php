<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Model\Error;
use OpenAPI\Server\Model\OauthAccessTokenResponse;
use OpenAPI\Server\Tests\Support\Answering;
use OpenAPI\Server\Tests\Support\ServerTestCase;
use Pinterest\OAuth\Token;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\TooManyRequestsHttpException;

/**
 * What becomes of what an implementation returns, sets or throws.
 */
final class ImplementationTest extends ServerTestCase
{
    private const SORRY = 'Something went wrong on our end. Sorry about that.';

    private function answer(\Closure $answer, bool $debug = false): Response
    {
        Answering::$answer = $answer;
        $this->start(debug: $debug);

        return $this->ask('grant_type=client_credentials');
    }

    /**
     * @dataProvider results
     */
    public function testAResultBecomesJson(array|object $result, string $json): void
    {
        $response = $this->answer(static fn () => $result);
        self::assertSame($json, $response->getContent());
        self::assertSame(200, $response->getStatusCode());
        self::assertSame('application/json', $response->headers->get('Content-Type'));
    }

    /**
     * @return iterable<string, array{array<mixed>|object, string}>
     */
    public function results(): iterable
    {
        yield 'a model' => [
            new OauthAccessTokenResponse('pina_a', 60, 'pins:read', refreshToken: 'pinr.b', extra: ['new' => 1.0]),
            '{"access_token":"pina_a","refresh_token":"pinr.b","token_type":"bearer","expires_in":60,'
                . '"scope":"pins:read","new":1.0}',
        ];
        yield 'an array' => [['access_token' => 'pina_/ü', 'f' => 1.0], '{"access_token":"pina_/ü","f":1.0}'];
        yield 'an empty array' => [[], '{}'];
        yield 'an object' => [(object) ['access_token' => 'pina_a'], '{"access_token":"pina_a"}'];
        yield 'an error' => [new Error(283, 'no'), '{"code":283,"message":"no"}'];
    }

    /**
     * @dataProvider tokens
     */
    public function testATokenOfTheClientBecomesPinterestsAnswerToTheLetter(string $document, string $json): void
    {
        self::assertSame($json, $this->answer(static fn () => Token::fromJson($document))->getContent());
    }

    /**
     * @return iterable<string, array{string, string}>
     */
    public function tokens(): iterable
    {
        $odd = '"big":123456789012345678901234567890,"f":1.10,"e":1E+2,"n":null,"t":"ü \u00fc \"},{\" \\\\"'
            . ',"o":{"a":[1,[],{}],"}":"]"},"l":[{"x":"[,:{"},true]';
        yield 'values that PHP cannot hold' => [
            '{"access_token":"pina_a","token_type":"bearer",' . $odd . ',"refresh_token_rotated":false,"scopes":[]}',
            '{"access_token":"pina_a","token_type":"bearer",' . $odd . '}',
        ];
        $access = '{"access_token":"a","token_type":"bearer"';
        yield 'a rotated refresh token' => [
            $access . ',"expires_in":5,"expires_at":15,"refresh_token":"b","refresh_token_rotated":true,'
                . '"scope":"x y","scopes":["x","y"],"obtained_at":10}',
            $access . ',"expires_in":5,"refresh_token":"b","scope":"x y"}',
        ];
        yield 'a refresh token that the answer did not hold' => [
            $access . ',"refresh_token":"b","refresh_token_rotated":false,"obtained_at":10}',
            $access . '}',
        ];
        yield 'an expiry that Pinterest sent' => [
            $access . ',"expires_in":5,"expires_at":16,"refresh_token_rotated":false,"obtained_at":10}',
            $access . ',"expires_in":5,"expires_at":16}',
        ];
        yield 'white space' => [$access . ', "x" : [ 1 , 2 ] }', $access . ',"x":[ 1 , 2 ]}'];
    }

    public function testStatusAndHeadersAreTheImplementations(): void
    {
        $response = $this->answer(static function ($grant, int &$code, array &$headers): array {
            $code = 201;
            $headers = [
                'X-One' => 'one',
                'X-Two' => ['first', 'second'],
                'X-Pinterest-Rid' => '42',
                'Content-Type' => 'text/html',
                'Cache-Control' => 'public, max-age=60',
            ];

            return ['access_token' => 'a'];
        });
        self::assertSame(201, $response->getStatusCode());
        self::assertSame('one', $response->headers->get('X-One'));
        self::assertSame(['first', 'second'], $response->headers->all('X-Two'));
        self::assertSame('42', $response->headers->get('X-Pinterest-Rid'));
        self::assertSame('application/json', $response->headers->get('Content-Type'));
        self::assertTrue($response->headers->hasCacheControlDirective('no-store'), 'a token is never cached');
        self::assertFalse($response->headers->hasCacheControlDirective('max-age'));
    }

    public function testAResponseIsSentAsItIs(): void
    {
        $response = $this->answer(static fn () => new Response('{"own":1}', 202, ['X-Own' => 'yes']));
        self::assertSame(['{"own":1}', 202], [$response->getContent(), $response->getStatusCode()]);
        self::assertSame('yes', $response->headers->get('X-Own'));
    }

    public function testNullIsNoContent(): void
    {
        $response = $this->answer(static fn () => null);
        self::assertSame([204, ''], [$response->getStatusCode(), $response->getContent()]);
    }

    /**
     * @dataProvider errorStatuses
     */
    public function testNullWithAnErrorStatusIsPinterestsErrorForIt(int $status, int $code, string $message): void
    {
        $response = $this->answer(static function ($grant, int &$responseCode) use ($status) {
            $responseCode = $status;

            return null;
        });
        self::assertError($status, $code, $message, $response);
    }

    /**
     * @return iterable<array{int, int, string}>
     */
    public function errorStatuses(): iterable
    {
        yield [400, 1, 'Invalid request.'];
        yield [401, 2, 'Authentication failed.'];
        yield [403, 29, 'You are not permitted to access that resource.'];
        yield [404, 1, 'Invalid request.'];
        yield [429, 8, 'This request exceeded a rate limit.'];
        yield [503, 12, self::SORRY];
    }

    public function testAnExceptionIsAPlain500AndItsTextIsInNoAnswer(): void
    {
        foreach ([false, true] as $debug) {
            $response = $this->answer(static fn () => throw new \RuntimeException('canary'), $debug);
            self::assertSame(500, $response->getStatusCode());
            self::assertSame(12, self::json($response)['code']);
            self::assertStringStartsWith(self::SORRY, self::json($response)['message']);
            self::assertStringNotContainsString('canary', (string) $response);
            self::assertStringContainsString('RuntimeException in ', $this->log->of('critical')[0]);
            $context = $this->log->contexts('critical')[0];
            self::assertSame($response->headers->get('X-Pinterest-Rid'), $context['request_id']);
            self::assertSame('canary', $context['exception']->getMessage());
        }
    }

    public function testAnHttpExceptionKeepsItsStatusAndHeaders(): void
    {
        $response = $this->answer(static fn () => throw new TooManyRequestsHttpException(30, 'canary'));
        self::assertError(429, 8, 'This request exceeded a rate limit.', $response);
        self::assertSame('30', $response->headers->get('Retry-After'));
    }

    /**
     * @dataProvider misuses
     */
    public function testWhatCannotBeAnAnswerIsExplainedToTheDeveloperAlone(\Closure $answer, string $why): void
    {
        self::assertError(500, 12, self::SORRY, $this->answer($answer));
        self::assertStringContainsString($why, $this->log->of('critical')[0]);
        self::assertStringContainsString($why, self::json($this->answer($answer, true))['message']);
    }

    /**
     * @return iterable<string, array{\Closure, string}>
     */
    public function misuses(): iterable
    {
        yield 'another type' => [
            static fn () => 'a text',
            'Return value must be of type object|array|null, string returned',
        ];
        yield 'a list' => [static fn () => ['a', 'b'], 'is JSON, but not an object'];
        yield 'a bad string' => [static fn () => ['a' => "\xff"], 'cannot be JSON: Malformed UTF-8'];
        yield 'a status that is none' => [static function ($grant, int &$code): array {
            $code = 99;

            return [];
        }, 'InvalidArgumentException in '];
    }

    public function testATypeErrorInsideAnImplementationIsNotShown(): void
    {
        $response = $this->answer(static fn () => strlen(['canary']), true);
        self::assertStringNotContainsString('strlen', (string) $response->getContent());
    }
}
