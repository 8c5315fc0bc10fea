<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use Pinterest\OAuth\Exception\RateLimitedException;
use Pinterest\OAuth\Tests\Support\EmulatorTestCase;
use Pinterest\OAuth\Tests\Support\Folder;
use Pinterest\OAuth\Tests\Support\Program;
use Pinterest\OAuth\Tests\Support\Table;
use Pinterest\OAuth\Token;

/** Whatever type a value has: no token that has come is lost, and errors stay the documented ones. */
final class DocumentsTest extends EmulatorTestCase
{
    private const ODD = [
        'null', 'true', '0', '-5', '1.5', '1e300', '-1e300', '18446744073709551615', '-99999999999999999999',
        '""', '"7"', '"a b"', '"\u0000"', '[]', '[1]', '["a",1,null]', '[["a"]]', '{}', '{"a":1}',
        '{"limit":"x","policies":[7,{}]}', '{"policies":7}', '[["a","b"],["c"],7]', '[{}]',
    ];

    public function testNoDocumentOfALibraryIsATypeErrorOrANotice(): void
    {
        $table = new Table();
        $names = [];
        $read = ['token', 'error', 'answer', 'authorize_url', 'redirect', 'status', 'refresh_due', 'doctor', 'removed'];
        foreach ($read as $document) {
            foreach ($table->fields($document) as $field) {
                $names[$field['name']] = true;
            }
        }
        // PHP reads nothing of what is no object, or is nested deeper than anything the core writes.
        $deep = str_repeat('[', 600) . str_repeat(']', 600);
        $documents = ['{}', '[]', 'null', '7', '""', '', '{', "{\"a\":$deep}"];
        foreach (array_keys($names) as $name) {
            foreach (self::ODD as $value) {
                $documents[] = "{\"$name\":$value}";
                $documents[] = "{\"access_token\":\"pina_a\",\"$name\":$value}";
                $documents[] = "{\"access_token\":\"pina_a\",\"answer\":{\"$name\":$value}}";
            }
        }
        $folder = new Folder();
        $ran = Program::run(
            ['php', __DIR__ . '/programs/documents.php'],
            json_encode($documents, JSON_THROW_ON_ERROR),
            ['STUB' => $this->stub($folder)],
        );
        self::assertSame('', $ran->output());
    }

    /** @dataProvider oddValues */
    public function testNoAnswerWithATokenIsLostAndWhatIsStoredReadsBack(string $value): void
    {
        $names = ['scope', 'scopes', 'token_type', 'expires_in', 'expires_at', 'refresh_token', 'extra', 'answer'];
        foreach ($names as $name) {
            $text = json_decode($value, true);
            if ($name === 'refresh_token' && is_string($text) && preg_match('/[^!-~]/', $text)) {
                // Such a token could not be sent: the answer is refused, whole.
                continue;
            }
            $this->emulator->script(['body' => "{\"access_token\":\"pina_a\",\"$name\":$value,\"x\":$value}"]);
            $token = $this->client->oauthToken('client_credentials');
            self::assertSame('pina_a', $token->accessToken);
            $stored = Token::fromJson($token->toJson());
            self::assertTrue($stored == $token, "$name: {$token->toJson()}");
            self::assertSame($token->toJson(), $stored->toJson());
            self::assertSame('pina_a', Token::fromArray($token->toArray())->accessToken);
        }
    }

    public function oddValues(): iterable
    {
        foreach (self::ODD as $value) {
            yield $value => [$value];
        }
    }

    /** @dataProvider waits */
    public function testAWaitOfAnyLengthIsAnInteger(string $seconds): void
    {
        $headers = [['retry-after', $seconds], ['x-ratelimit-limit', $seconds], ['x-ratelimit-reset', $seconds]];
        $body = ['code' => 8, 'message' => 'no'];
        $this->emulator->script(['status' => 429, 'headers' => $headers, 'body_json' => $body]);
        $exception = $this->failure(fn () => $this->client->oauthToken('client_credentials'));
        self::assertInstanceOf(RateLimitedException::class, $exception);
        self::assertThat($exception->getRetryAfter(), self::logicalOr(self::isNull(), self::greaterThanOrEqual(0)));
        $limit = $exception->getRateLimit() ?? ['reset' => null];
        self::assertThat($limit['reset'], self::logicalOr(self::isNull(), self::greaterThanOrEqual(0)));
        self::assertNotSame('', json_encode($exception->toArray(), JSON_THROW_ON_ERROR));
    }

    public function waits(): iterable
    {
        yield ['18446744073709551615'];
        yield ['9223372036854775808'];
        yield ['99999999999999999999999999'];
        yield ['-1'];
        yield ['1e9'];
        yield ['soon'];
    }

    /** A library whose every function hands out the document, and the status, that the environment names. */
    private function stub(Folder $folder): string
    {
        $code = "#include <stdint.h>\n#include <stdlib.h>\n#include <string.h>\n"
            . 'static int say(char **out) { *out = strdup(getenv("STUB_DOCUMENT"));'
            . ' return atoi(getenv("STUB_STATUS")); }' . "\n";
        $header = (string) file_get_contents(__DIR__ . '/../resources/pinterest_oauth.h');
        preg_match_all('/(\w+) \*?(pinterest_oauth_\w+)\(([^)]*)\);/', $header, $found, PREG_SET_ORDER);
        self::assertNotSame([], $found);
        foreach ($found as [, , $name, $parameters]) {
            $parameters = preg_replace('/struct pinterest_oauth_(client|manager|account)/', 'void', $parameters);
            $code .= match (true) {
                $name === 'pinterest_oauth_abi_version' => "unsigned $name(void) { return 1; }\n",
                preg_match('/\*\*(out_(?:client|manager|account)),/', $parameters, $out) === 1 =>
                    "int $name($parameters) { *$out[1] = malloc(1); return say(out_json); }\n",
                preg_match('/\*\*(out_(?:json|text))/', $parameters, $out) === 1 =>
                    "int $name($parameters) { return say($out[1]); }\n",
                $name === 'pinterest_oauth_string_free' => "void $name(void *it) { free(it); }\n",
                default => "void *$name(void) { return 0; }\n",
            };
        }
        $source = $folder->write('stub.c', $code);
        $library = $folder->write('stub.so', '');
        Program::run(['cc', '-shared', '-fPIC', '-w', '-o', $library, $source])->output();

        return $library;
    }
}
