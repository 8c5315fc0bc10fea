<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

use Psr\Log\LoggerInterface;

/**
 * What token managers of this process did, one line for each refresh, whichever thread made it. No line has a secret.
 *
 * @internal
 */
final class ManagerLog
{
    private const ACCOUNT = 'Pinterest OAuth: {account}: {message}';
    private const APP = 'Pinterest OAuth: the app: {message}';

    public function __construct(private readonly LoggerInterface $logger)
    {
    }

    /** Writes what came since the last time. The levels are those of PSR-3. */
    public function write(): void
    {
        try {
            $lines = Native::call('pinterest_oauth_take_log');
            if ($lines === '[]') {
                return;
            }
            foreach (Value::documents(Document::read($lines)) as $line) {
                $context = \array_diff_key($line, ['level' => true]);
                $this->logger->log($line['level'], $line['account'] === '' ? self::APP : self::ACCOUNT, $context);
            }
        } catch (\Throwable) {
            // What was asked for is worth more than its line in a log.
        }
    }
}
