<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\Answer;
use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Outcome;

/**
 * What every failure of this library is. Its class says why, the message what happened and what to do.
 *
 * Nothing in it is secret, and its trace holds no arguments: it may be logged. `getCode()` is the number
 * of the kind: a good exit code, and the status that C programs get.
 */
interface PinterestOAuthException extends \Throwable
{
    /** Why the call failed. */
    public function getKind(): ErrorKind;

    /** What to do about it, as a sentence. */
    public function getWhatNow(): string;

    /** Whether the call may have taken effect. */
    public function getOutcome(): Outcome;

    /** The parameter or setting at fault, by PHP's name (`redirectUri`), or null. */
    public function getField(): ?string;

    /** The status of the answer, or null where there was none. */
    public function getHttpStatus(): ?int;

    /** Pinterest's own code of the error, or null. */
    public function getPinterestCode(): ?int;

    /** Pinterest's own message, cut and cleaned, or null. */
    public function getPinterestMessage(): ?string;

    /** The request id that Pinterest's support asks for, or null. */
    public function getRequestId(): ?string;

    /** Seconds to wait before the next try, or null. */
    public function getRetryAfter(): ?int;

    /**
     * How much is left; `reset` and `window` are seconds.
     *
     * @return array{
     *     limit: ?int,
     *     remaining: ?int,
     *     reset: ?int,
     *     policies: list<array{limit: int, window: ?int, name: ?string}>
     * }|null
     */
    public function getRateLimit(): ?array;

    /**
     * The headers of the answer, without cookies and secrets.
     *
     * @return list<array{string, string}> pairs of name and value
     */
    public function getHeaders(): array;

    /**
     * The JSON object of the answer with its secrets hidden, or null.
     *
     * @return array<string, mixed>|null
     */
    public function getBody(): ?array;

    /**
     * What that object holds besides `code` and `message`, or null.
     *
     * @return array<string, mixed>|null
     */
    public function getExtra(): ?array;

    /** How the call went, or null where nothing was to be sent. */
    public function getAnswer(): ?Answer;

    /**
     * Everything at once, under the names that it has in every language.
     *
     * @return array<string, mixed>
     */
    public function toArray(): array;
}
