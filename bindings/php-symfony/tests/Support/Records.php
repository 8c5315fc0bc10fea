<?php

declare(strict_types=1);

namespace OpenAPI\Server\Tests\Support;

use Psr\Log\AbstractLogger;

/**
 * The application's logger: keeps what it is told.
 */
final class Records extends AbstractLogger
{
    /** @var list<array{level: string, message: string, context: array<string, mixed>}> */
    public array $records = [];

    public function log($level, $message, array $context = []): void
    {
        $this->records[] = ['level' => $level, 'message' => (string) $message, 'context' => $context];
    }

    /**
     * The records of one level, with their placeholders filled in.
     *
     * @return list<string>
     */
    public function of(string $level): array
    {
        $texts = [];
        foreach ($this->records as $record) {
            if ($record['level'] === $level) {
                $scalars = array_filter($record['context'], 'is_scalar');
                $names = array_map(static fn (string $name): string => '{' . $name . '}', array_keys($scalars));
                $texts[] = str_replace($names, array_map('strval', $scalars), $record['message']);
            }
        }

        return $texts;
    }

    /**
     * The lines of the audit log.
     *
     * @return list<string>
     */
    public function audit(): array
    {
        return array_values(preg_grep('/^Pinterest OAuth: /', $this->of('info')) ?: []);
    }

    /**
     * @return list<array<string, mixed>>
     */
    public function contexts(string $level): array
    {
        $found = array_filter($this->records, static fn (array $record): bool => $record['level'] === $level);

        return array_column($found, 'context');
    }
}
