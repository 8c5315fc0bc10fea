<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Internal;

/**
 * Where an exception comes from: as with PHP's own classes, the line that called this library.
 *
 * @internal
 */
final class CallSite
{
    /**
     * Takes the frames of this library, and all arguments, which may be secrets, out of the exception's trace.
     *
     * @return array{file: string, line: int} what the exception is to say of itself
     */
    public static function of(\Exception $exception): array
    {
        $place = ['file' => $exception->getFile(), 'line' => $exception->getLine()];
        $frames = $exception->getTrace();
        foreach ($frames as $at => $frame) {
            unset($frames[$at]['args']);
        }
        if (self::isOurs($place['file'])) {
            foreach ($frames as $at => $frame) {
                if (isset($frame['file']) && !self::isOurs($frame['file'])) {
                    $place = ['file' => $frame['file'], 'line' => $frame['line'] ?? 0];
                    $frames = \array_slice($frames, $at);
                    break;
                }
            }
        }
        // A new exception's trace is set by PHP, and by nothing else than this.
        (new \ReflectionProperty(\Exception::class, 'trace'))->setValue($exception, $frames);

        return $place;
    }

    private static function isOurs(string $file): bool
    {
        return \str_starts_with($file, \dirname(__DIR__) . \DIRECTORY_SEPARATOR);
    }
}
