<?php

declare(strict_types=1);

namespace Pinterest\OAuth;

use Pinterest\OAuth\Internal\Value;

/** One thing in a store that is not as it should be. */
final class DoctorFinding
{
    /** A fixed word, for example `damaged`. */
    public readonly string $what;

    /** The file or folder, or the name of the account. */
    public readonly string $path;

    /** One sentence. */
    public readonly string $text;

    /** Whether it was set right. */
    public readonly bool $repaired;

    /**
     * @internal a report makes it
     *
     * @param array<string, mixed> $values
     */
    public function __construct(array $values)
    {
        $this->what = Value::text($values['what'] ?? null) ?? '';
        $this->path = Value::text($values['path'] ?? null) ?? '';
        $this->text = Value::text($values['text'] ?? null) ?? '';
        $this->repaired = ($values['repaired'] ?? null) === true;
    }
}
