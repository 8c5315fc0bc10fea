<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests;

use OpenAPI\Server\Model\OauthAccessTokenRequest;
use OpenAPI\Server\Tests\Support\Answering;
use OpenAPI\Server\Tests\Support\ServerTestCase;

/**
 * What arrives, and what is refused before an implementation sees it.
 */
final class RequestTest extends ServerTestCase
{
    private ?OauthAccessTokenRequest $seen = null;

    protected function setUp(): void
    {
        Answering::$answer = function (string $grant, int &$code, array &$headers, ?OauthAccessTokenRequest $request) {
            $this->seen = $request;

            return ['access_token' => 'pina_made_up'];
        };
        $this->start();
    }

    public function testEveryFieldReachesTheImplementation(): void
    {
        $response = $this->ask([
            'grant_type' => 'authorization_code',
            'code' => 'the+code& =%',
            'redirect_uri' => 'https://example.com/ü?a=b&c',
            'refresh_token' => 'pinr.a-b_c=',
            'scope' => 'pins:read,boards:read',
            'continuous_refresh' => 'True',
            'refresh_on' => 'false',
            'new_field' => 'its value',
            '0' => 'a name that PHP takes for a number',
            'a.b[]' => 'a name that PHP would change',
        ]);
        self::assertSame(200, $response->getStatusCode());
        $seen = $this->seen;
        self::assertSame('authorization_code', $seen->getGrantType());
        self::assertSame('the+code& =%', $seen->getCode());
        self::assertSame('https://example.com/ü?a=b&c', $seen->getRedirectUri());
        self::assertSame('pinr.a-b_c=', $seen->getRefreshToken());
        self::assertSame('pins:read,boards:read', $seen->getScope());
        self::assertTrue($seen->getContinuousRefresh());
        self::assertFalse($seen->getRefreshOn());
        self::assertSame([
            'new_field' => 'its value',
            0 => 'a name that PHP takes for a number',
            'a.b[]' => 'a name that PHP would change',
        ], $seen->getExtra());
        self::assertSame(self::USER, $seen->getUser());
    }

    public function testAFieldThatIsNotSentIsNullAndAnEmptyOneIsEmpty(): void
    {
        $this->ask('grant_type=refresh_token&scope=&refresh_token');
        self::assertNull($this->seen->getCode());
        self::assertNull($this->seen->getContinuousRefresh());
        self::assertSame('', $this->seen->getScope());
        self::assertSame('', $this->seen->getRefreshToken());
        self::assertSame([], $this->seen->getExtra());
    }

    /**
     * @dataProvider refusedForms
     */
    public function testAFormThatCannotBeUsedIsRefusedByName(string $form, string $why): void
    {
        self::assertError(400, 1, "Invalid request: $why.", $this->ask($form));
        self::assertNull($this->seen);
    }

    /**
     * @return iterable<string, array{string, string}>
     */
    public function refusedForms(): iterable
    {
        yield 'nothing' => ['', 'grant_type is missing'];
        yield 'no grant type' => ['code=c', 'grant_type is missing'];
        yield 'the name of the generated server' => ['grantType=refresh_token', 'grant_type is missing'];
        yield 'empty' => ['grant_type=', 'grant_type is not one of the grants that exist'];
        yield 'unknown' => ['grant_type=password', 'grant_type is not one of the grants that exist'];
        yield 'in capitals' => ['grant_type=REFRESH_TOKEN', 'grant_type is not one of the grants that exist'];
        yield 'a list' => ['grant_type%5B%5D=refresh_token', 'grant_type is missing'];
        yield 'twice the same' => [
            'grant_type=refresh_token&grant_type=refresh_token',
            'grant_type is there more than once',
        ];
        yield 'two codes' => ['grant_type=authorization_code&code=a&code=b', 'code is there more than once'];
        yield 'a secret for a name, twice' => [
            'grant_type=refresh_token&canary=1&canary',
            'a field is there more than once',
        ];
        yield 'invalid UTF-8 in a value' => ['grant_type=refresh_token&refresh_token=%ff', 'the body is not UTF-8'];
        yield 'invalid UTF-8 in a name' => ['grant_type=refresh_token&%c3%28=1', 'the body is not UTF-8'];
        yield 'halves of a character' => ['grant_type=refresh_token&%c3=%a9', 'the body is not UTF-8'];
        yield 'raw invalid bytes' => ["grant_type=refresh_token&code=\xf0\x28", 'the body is not UTF-8'];
        yield 'no boolean' => [
            'grant_type=refresh_token&continuous_refresh=maybe',
            'continuous_refresh must be true or false',
        ];
        yield 'JSON' => ['{"grant_type":"refresh_token"}', 'grant_type is missing'];
    }

    /**
     * @dataProvider refusedTypes
     */
    public function testAnotherContentTypeIsRefused(?string $type, string $why): void
    {
        $response = $this->ask('grant_type=refresh_token', ['CONTENT_TYPE' => $type]);
        self::assertError(415, 1, "Invalid request: $why.", $response);
        self::assertNull($this->seen);
    }

    /**
     * @return iterable<string, array{?string, string}>
     */
    public function refusedTypes(): iterable
    {
        $form = 'the content type must be application/x-www-form-urlencoded';
        yield 'none' => [null, $form];
        yield 'JSON' => ['application/json', $form];
        yield 'multipart' => ['multipart/form-data; boundary=x', $form];
        yield 'almost' => ['application/x-www-form-urlencoded2', $form];
        yield 'Latin 1' => ['application/x-www-form-urlencoded; charset=ISO-8859-1', 'the charset must be UTF-8'];
    }

    public function testTheContentTypeMayBeWrittenInOtherWays(): void
    {
        $type = 'Application/X-WWW-Form-Urlencoded ; Charset="UTF-8"';
        self::assertSame(200, $this->ask('grant_type=refresh_token', ['CONTENT_TYPE' => $type])->getStatusCode());
    }

    public function testABodyOf64KibIsReadAndALargerOneIsNot(): void
    {
        $fill = static fn (int $length): string => str_pad('grant_type=refresh_token&code=', $length, 'a');
        self::assertSame(200, $this->ask($fill(65536))->getStatusCode());
        $this->seen = null;
        $refusal = 'Invalid request: the body is larger than 64 KiB.';
        self::assertError(413, 1, $refusal, $this->ask($fill(65537)));
        self::assertError(413, 1, $refusal, $this->ask('grant_type=refresh_token', ['HTTP_CONTENT_LENGTH' => '65537']));
        self::assertNull($this->seen);
    }

    /**
     * @dataProvider otherMethods
     */
    public function testAnotherMethodIsAnsweredWith405AndAllow(string $method): void
    {
        $response = $this->ask('grant_type=refresh_token', [], $method);
        self::assertError(405, 5, 'Method not allowed', $response);
        self::assertSame('POST', $response->headers->get('Allow'));
        self::assertNull($this->seen);
    }

    /**
     * @return iterable<array{string}>
     */
    public function otherMethods(): iterable
    {
        foreach (['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'SEARCH'] as $method) {
            yield $method => [$method];
        }
    }

    public function testOnlyThisPathIsTaken(): void
    {
        self::assertSame(404, $this->ask('grant_type=refresh_token', path: '/v5/oauth/token/more')->getStatusCode());
        self::assertSame(404, $this->ask('grant_type=refresh_token', path: '/oauth/token')->getStatusCode());
        self::assertNull($this->seen);
    }

    public function testEveryAnswerForbidsCachingAndHasARequestId(): void
    {
        $answers = [
            $this->ask('grant_type=refresh_token'),
            $this->ask(''),
            $this->ask('', ['HTTP_AUTHORIZATION' => null]),
            $this->ask('', [], 'GET'),
        ];
        foreach ($answers as $answer) {
            self::assertTrue($answer->headers->hasCacheControlDirective('no-store'));
            self::assertMatchesRegularExpression('/^\d{16}$/', (string) $answer->headers->get('X-Pinterest-Rid'));
        }
    }
}
