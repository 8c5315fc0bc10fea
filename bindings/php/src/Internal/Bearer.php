<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Account;
use Pinterest\OAuth\Exception\InvalidTokenException;
use Pinterest\OAuth\Exception\StoreBusyException;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;

/**
 * What the PSR-18 client and the middleware of Guzzle share: which requests get a token, and which answers ask for
 * another one.
 *
 * @internal
 */
final class Bearer
{
    /** Pinterest's API: no other server gets a token, wherever an answer redirects to. */
    public const PINTEREST = ['https://api.pinterest.com', 'https://api-sandbox.pinterest.com'];

    private const UNAUTHORIZED = 401;

    /** Pinterest's code for an access token that is not accepted. */
    private const NOT_ACCEPTED = 2;

    /** Bytes of an answer in which the code is looked for. */
    private const ERROR_SIZE = 65536;

    /**
     * @param list<string> $origins
     */
    public function __construct(private readonly Account $account, private readonly array $origins)
    {
        foreach ($origins as $origin) {
            if (!\is_string($origin) || \preg_match('#^https?://[^/?\#@\sA-Z]+$#D', $origin) !== 1) {
                $problem = 'must be servers in small letters, such as https://api.pinterest.com, without a path';
                throw Failure::argument('origins', $problem);
            }
        }
    }

    /** The token for this request; null where it goes to another server. */
    public function token(RequestInterface $request): ?string
    {
        $uri = $request->getUri();
        $port = $uri->getPort();
        $origin = $uri->getScheme() . '://' . $uri->getHost() . ($port === null ? '' : ":$port");

        return \in_array($origin, $this->origins, true) ? $this->account->accessToken() : null;
    }

    public static function with(RequestInterface $request, #[\SensitiveParameter] string $token): RequestInterface
    {
        return $request->withHeader('Authorization', "Bearer $token");
    }

    /** The request to send once more after this answer; null where the answer is the one to give to the caller. */
    public function again(
        RequestInterface $request,
        ResponseInterface $response,
        #[\SensitiveParameter] string $token,
    ): ?RequestInterface {
        if ($response->getStatusCode() !== self::UNAUTHORIZED || self::code($response) !== self::NOT_ACCEPTED) {
            return null;
        }
        try {
            $token = $this->account->rejected($token, self::NOT_ACCEPTED);
        } catch (InvalidTokenException | StoreBusyException) {
            // There is no other token now, because this one is new: the answer says more than that.
            return null;
        }
        $body = $request->getBody();
        if ($body->isSeekable()) {
            $body->rewind();
        } elseif ($body->getSize() !== 0) {
            // It is sent and gone. The next request has the new token.
            return null;
        }

        return self::with($request, $token);
    }

    /** Pinterest's code, where the answer can be read and still be given to the caller. */
    private static function code(ResponseInterface $response): ?int
    {
        $body = $response->getBody();
        if (!$body->isSeekable()) {
            return null;
        }
        $text = '';
        $body->rewind();
        while (!$body->eof() && \strlen($text) < self::ERROR_SIZE) {
            $text .= $body->read(self::ERROR_SIZE);
        }
        $body->rewind();

        return Value::integer(Document::read($text)['code'] ?? null);
    }
}
