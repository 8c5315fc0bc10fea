<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests\Support;

/** The core's table of documents, with names as PHP spells them. */
final class Table
{
    private const TYPES = [
        'text' => ['string'],
        'boolean' => ['bool'],
        'number' => ['float'],
        'list' => ['array'],
        'scopes' => ['string', 'array'],
        'pairs' => ['array'],
        'token' => ['Pinterest\OAuth\Token'],
    ];

    /** @var array<string, mixed> */
    private readonly array $table;

    public function __construct()
    {
        $file = dirname(__DIR__, 4) . '/include/documents.json';
        $this->table = json_decode((string) file_get_contents($file), true, flags: JSON_THROW_ON_ERROR);
    }

    /**
     * @return array<string, array<string, mixed>> the fields by PHP's name; without the one that bindings fill in
     */
    public function fields(string $document): array
    {
        $fields = [];
        foreach ($this->table['documents'] as $known) {
            if ($known['name'] === $document) {
                foreach ($known['fields'] as $field) {
                    $types = self::TYPES[$field['type']] ?? [];
                    $fields[self::camel($field['name'])] = ['types' => $types] + $field;
                }
            }
        }
        unset($fields['language']);

        return $fields;
    }

    /** @return array<string, array<string, array<string, mixed>>> the fields of the request by PHP's name of the call */
    public function calls(): array
    {
        $calls = [];
        foreach ([...$this->table['calls'], ...$this->table['without_a_call']] as $call) {
            $calls[self::camel($call['name'])] = $this->fields($call['request']);
        }

        return $calls;
    }

    /** @return list<string> */
    public function kinds(): array
    {
        return array_column($this->table['kinds'], 'name');
    }

    /** @return list<string> */
    public function outcomes(): array
    {
        return $this->table['outcomes'];
    }

    public static function camel(string $name): string
    {
        return lcfirst(str_replace('_', '', ucwords($name, '_')));
    }
}
