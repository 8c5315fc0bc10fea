<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Pinterest\OAuth\Answer;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Psr\Log\LoggerInterface;

/**
 * One line per call, at debug level and without secrets.
 *
 * @internal
 */
final class CallLog
{
    private const ANSWERED = 'Pinterest OAuth: {method} {path} {status} in {milliseconds} ms: {outcome}';
    private const UNANSWERED = 'Pinterest OAuth: {method} {path} without answer in {milliseconds} ms: {outcome}';

    public function __construct(private readonly LoggerInterface $logger)
    {
    }

    /** A call that gave a document. One that says nothing of a call is none: the address of the consent page. */
    public function succeeded(#[\SensitiveParameter] string $document): void
    {
        $answer = Value::members(Document::read($document)['answer'] ?? null);
        if ($answer !== null) {
            $this->write(new Answer($answer), 'ok', null);
        }
    }

    /** A call that failed. Where nothing was to be sent, there is nothing to say. */
    public function failed(PinterestOAuthException $problem): void
    {
        $answer = $problem->getAnswer();
        if ($answer !== null) {
            $this->write($answer, $problem->getOutcome()->value, $problem->getKind()->value);
        }
    }

    private function write(Answer $answer, string $outcome, ?string $kind): void
    {
        try {
            $this->logger->debug($answer->status === null ? self::UNANSWERED : self::ANSWERED, [
                'method' => $answer->method,
                'path' => $answer->path,
                'status' => $answer->status,
                'milliseconds' => $answer->milliseconds,
                'request_id' => $answer->requestId,
                'attempts' => $answer->attempts,
                'kind' => $kind,
                'outcome' => $outcome,
            ]);
        } catch (\Throwable) {
            // The token has come: it is worth more than its line in a log.
        }
    }
}
