<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Tests;

use PHPUnit\Framework\TestCase;
use Pinterest\OAuth\Account;
use Pinterest\OAuth\AccountState;
use Pinterest\OAuth\Answer;
use Pinterest\OAuth\Client;
use Pinterest\OAuth\DoctorFinding;
use Pinterest\OAuth\DoctorReport;
use Pinterest\OAuth\DueFailure;
use Pinterest\OAuth\DueReport;
use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Exception\InvalidArgumentException;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\GrantType;
use Pinterest\OAuth\Internal\Environment;
use Pinterest\OAuth\Login;
use Pinterest\OAuth\LoginBegin;
use Pinterest\OAuth\LoginEnd;
use Pinterest\OAuth\LoginEvent;
use Pinterest\OAuth\LoginEventKind;
use Pinterest\OAuth\LoginOutcome;
use Pinterest\OAuth\Outcome;
use Pinterest\OAuth\Removed;
use Pinterest\OAuth\Status;
use Pinterest\OAuth\StatusTrouble;
use Pinterest\OAuth\Tests\Support\Table;
use Pinterest\OAuth\Token;
use Pinterest\OAuth\TokenManager;
use Pinterest\OAuth\Visitor;

/** The core's table of documents, include/documents.json, and what this package names are the same. */
final class TableTest extends TestCase
{
    private const SRC = 'bindings/php/src';

    /** What an error's field is called where PHP's own exceptions have the name. */
    private const GETTERS = ['code' => 'getPinterestCode', 'text' => 'getMessage', 'message' => 'getMessage'];

    /** What calls take besides fields: where they tell what they do. */
    private const OWN = ['logger', 'onStart', 'onEvent'];

    /** Secrets may be in these as well, though the table cannot know it. */
    private const MAYBE_SECRET = ['extra', 'state'];

    private Table $table;

    protected function setUp(): void
    {
        $this->table = new Table();
    }

    public function testEveryCallIsAMethodWithTheParametersOfItsRequest(): void
    {
        $wrong = [];
        foreach ($this->table->calls() as $name => $fields) {
            $wrong = method_exists(Client::class, $name)
                ? [...$wrong, ...self::differences('Client.php', new \ReflectionMethod(Client::class, $name), $fields)]
                : [...$wrong, self::SRC . "/Client.php lacks the method $name"];
        }
        self::assertSame([], $wrong);
    }

    public function testTheClientHasNoOtherCallThanARefreshInShort(): void
    {
        $methods = (new \ReflectionClass(Client::class))->getMethods(\ReflectionMethod::IS_PUBLIC);
        $own = preg_grep('/^__/', array_column($methods, 'name'), PREG_GREP_INVERT);
        $wanted = ['check', 'refresh', ...array_keys($this->table->calls())];
        self::assertSame([], self::named('Client.php', 'method', '', $wanted, $own));
    }

    public function testARefreshTakesATokenAndATimeout(): void
    {
        $fields = array_intersect_key($this->table->fields('token_request'), ['token' => true, 'timeout' => true]);
        self::assertSame([], self::differences('Client.php', new \ReflectionMethod(Client::class, 'refresh'), $fields));
    }

    public function testEverySettingIsAParameterOfTheClient(): void
    {
        $constructor = new \ReflectionMethod(Client::class, '__construct');
        self::assertSame([], self::differences('Client.php', $constructor, $this->table->fields('config')));
        $lacking = [];
        foreach ($this->table->fields('config') as $name => $field) {
            foreach ($field['variables'] ?? [] as $variable) {
                if (!str_contains((string) $constructor->getDocComment(), "`$variable`")) {
                    $lacking[] = self::SRC . "/Client.php does not say that $variable gives $name";
                }
            }
        }
        self::assertSame([], $lacking);
    }

    public function testEverySettingOfAManagerIsAParameterOfIt(): void
    {
        $constructor = new \ReflectionMethod(TokenManager::class, '__construct');
        $fields = $this->table->fields('config') + $this->table->fields('manager');
        self::assertSame([], self::differences('TokenManager.php', $constructor, $fields));
        $lacking = [];
        foreach ($fields as $name => $field) {
            foreach ($field['variables'] ?? [] as $variable) {
                if (!str_contains((string) $constructor->getDocComment(), "`$variable`")) {
                    $lacking[] = self::SRC . "/TokenManager.php does not say that $variable gives $name";
                }
            }
        }
        self::assertSame([], $lacking);
    }

    public function testALoginTakesTheParametersOfItsRequest(): void
    {
        $login = new \ReflectionMethod(Account::class, 'login');
        self::assertSame([], self::differences('Account.php', $login, $this->table->fields('login_request')));
    }

    public function testTheLoginsOfAManagerTakeTheParametersOfTheirRequests(): void
    {
        $requests = [
            'login' => 'login_options',
            'startLogin' => 'login_options',
            'beginLogin' => 'login_begin_request',
            'finishLogin' => 'login_visit',
        ];
        foreach ($requests as $name => $document) {
            $method = new \ReflectionMethod(TokenManager::class, $name);
            self::assertSame([], self::differences('TokenManager.php', $method, $this->table->fields($document)));
        }
        $begins = array_keys(Visitor::begins([]));
        self::assertSame([], array_diff($begins, array_keys($this->table->fields('login_begin_request'))));
        $returns = array_keys(Visitor::returns([]));
        self::assertSame([], array_diff($returns, array_keys($this->table->fields('login_visit'))));
    }

    public function testEveryKeyOfALoginIsAProperty(): void
    {
        self::assertProperties('Login.php', Login::class, 'login_started');
        self::assertProperties('LoginEvent.php', LoginEvent::class, 'login_event');
        self::assertProperties('LoginBegin.php', LoginBegin::class, 'login_begin');
        self::assertProperties('LoginEnd.php', LoginEnd::class, 'login_end');
        $kinds = $this->table->fields('login_event')['event']['values'];
        self::assertCases('LoginEventKind.php', $kinds, LoginEventKind::cases());
        $outcomes = $this->table->fields('login_end')['outcome']['values'];
        self::assertCases('LoginOutcome.php', $outcomes, LoginOutcome::cases());
    }

    public function testEveryKeyOfWhatAManagerTellsIsAProperty(): void
    {
        self::assertProperties('Status.php', Status::class, 'status');
        self::assertProperties('DueReport.php', DueReport::class, 'refresh_due');
        self::assertProperties('DoctorReport.php', DoctorReport::class, 'doctor');
        self::assertProperties('Removed.php', Removed::class, 'removed');
        $states = $this->table->fields('status')['state']['values'];
        self::assertCases('AccountState.php', $states, AccountState::cases());
    }

    public function testWhatStandsInsideThoseIsAPropertyToo(): void
    {
        $inside = [
            [StatusTrouble::class, 'status', 'trouble'],
            [DueFailure::class, 'refresh_due', 'failed'],
            [DoctorFinding::class, 'doctor', 'findings'],
        ];
        foreach ($inside as [$class, $document, $field]) {
            // "What went wrong last: kind, message and so on", and "account, and the error document as error".
            $about = $this->table->fields($document)[$field]['about'];
            $names = preg_replace('/and the (\w+) document as \w+/', '$1', substr($about, strpos($about, ': ') + 2));
            $names = array_map([Table::class, 'camel'], explode(', ', rtrim($names, '.')));
            $properties = (new \ReflectionClass($class))->getProperties(\ReflectionProperty::IS_PUBLIC);
            $there = array_column($properties, 'name');
            $file = substr(strrchr($class, '\\'), 1) . '.php';
            self::assertSame([], self::named($file, 'property', '', $names, $there));
        }
    }

    public function testEveryVariableOfThisProjectIsAlsoReadFromEnv(): void
    {
        $wanted = [];
        foreach ($this->table->fields('config') + $this->table->fields('manager') as $name => $field) {
            foreach (preg_grep('/^PINTEREST_/', $field['variables'] ?? []) as $variable) {
                $wanted[$variable] = $name;
            }
        }
        self::assertSame($wanted, Environment::SETTINGS, self::SRC . '/Internal/Environment.php');
    }

    public function testTheFunctionTakesWhatTheCallAndTheClientTake(): void
    {
        $function = new \ReflectionFunction('Pinterest\OAuth\oauthToken');
        $fields = $this->table->fields('token_request') + $this->table->fields('config');
        self::assertSame([], self::differences('functions.php', $function, $fields, false));
    }

    public function testEveryKeyOfATokenIsAProperty(): void
    {
        self::assertProperties('Token.php', Token::class, 'token');
    }

    public function testEveryKeyOfAnAnswerIsAProperty(): void
    {
        self::assertProperties('Answer.php', Answer::class, 'answer');
    }

    public function testEveryKeyOfAnErrorHasAGetterAndIsInTheArray(): void
    {
        $getters = [];
        foreach ($this->table->fields('error') as $name => $field) {
            $getters[] = self::GETTERS[$name] ?? 'get' . ucfirst($name);
        }
        $own = (new \ReflectionClass(PinterestOAuthException::class))->getMethods();
        $there = array_diff(array_column($own, 'name'), get_class_methods(\Exception::class), ['toArray']);
        $wanted = array_diff($getters, ['getMessage']);
        self::assertSame([], self::named('Exception/PinterestOAuthException.php', 'method', '', $wanted, $there));
        $keys = array_map([Table::class, 'camel'], array_keys((new InvalidArgumentException('no'))->toArray()));
        $wanted = array_keys($this->table->fields('error'));
        self::assertSame([], self::named('Exception/Details.php', 'key', ' of toArray()', $wanted, $keys));
    }

    public function testEveryKindIsACaseWithAClassOfItsOwnAndEveryOutcomeACase(): void
    {
        self::assertCases('ErrorKind.php', $this->table->kinds(), ErrorKind::cases());
        self::assertCases('Outcome.php', $this->table->outcomes(), Outcome::cases());
        $grants = $this->table->fields('token_request')['grantType']['values'];
        self::assertCases('GrantType.php', $grants, GrantType::cases());
        $wrong = [];
        foreach (ErrorKind::cases() as $kind) {
            $class = $kind->exception();
            if (!class_exists($class) || $class::KIND !== $kind) {
                $wrong[] = self::SRC . "/Exception/{$kind->name}Exception.php is not the class of {$kind->value}";
            }
        }
        self::assertSame([], $wrong);
    }

    public function testEveryKindHasAFileForItsClassAndARowInTheReadme(): void
    {
        $kinds = array_map(static fn (string $kind): string => ucfirst(Table::camel($kind)), $this->table->kinds());
        $wanted = array_map(static fn (string $kind): string => "{$kind}Exception", ['PinterestOAuth', ...$kinds]);
        $files = glob(dirname(__DIR__) . '/src/Exception/?*Exception.php') ?: [];
        $classes = array_map(static fn (string $file): string => basename($file, '.php'), $files);
        $readme = (string) file_get_contents(dirname(__DIR__) . '/README.md');
        $lacking = array_filter($wanted, static fn (string $class): bool => !str_contains($readme, "`$class`"));
        $folder = self::SRC . '/Exception';
        $wrong = [
            ...array_map(static fn ($name) => "$folder/$name.php is missing", array_diff($wanted, $classes)),
            ...array_map(static fn ($name) => "$folder/$name.php belongs to no kind", array_diff($classes, $wanted)),
            ...array_map(static fn ($class) => "bindings/php/README.md lacks $class", $lacking),
        ];
        self::assertSame([], $wrong);
    }

    /**
     * What is wrong with a signature: a parameter that lacks, one too many, a type, an attribute, a comment.
     *
     * @param array<string, array<string, mixed>> $fields
     *
     * @return list<string>
     */
    private static function differences(
        string $file,
        \ReflectionFunctionAbstract $function,
        array $fields,
        bool $explains = true,
    ): array {
        $parameters = [];
        foreach ($function->getParameters() as $parameter) {
            $parameters[$parameter->getName()] = $parameter;
        }
        $parameters = array_diff_key($parameters, array_flip(self::OWN));
        $of = $function->getShortName() === '__construct' ? '' : " of {$function->getShortName()}";
        $wrong = self::named($file, 'parameter', $of, array_keys($fields), array_keys($parameters));
        $file = self::SRC . "/$file";
        foreach (array_intersect_key($parameters, $fields) as $name => $parameter) {
            $field = $fields[$name];
            if (!self::takes($parameter, $field['types'])) {
                $wrong[] = "$file: the parameter $name$of is not of the type {$field['type']}";
            }
            $secret = $field['secret'] || in_array($name, self::MAYBE_SECRET, true);
            if ($secret !== ($parameter->getAttributes(\SensitiveParameter::class) !== [])) {
                $wrong[] = "$file: whether the parameter $name$of is a #[\\SensitiveParameter] is wrong";
            }
            preg_match("/@param .*\\\${$name}\\b(.*)/", (string) $function->getDocComment(), $comment);
            $unit = $field['unit'] ?? '';
            if ($explains && trim($comment[1] ?? '') === '') {
                $wrong[] = "$file does not explain the parameter $name$of";
            } elseif ($explains && $unit !== '' && !str_contains($comment[1], $unit)) {
                $wrong[] = "$file does not say that the parameter $name$of is in $unit";
            }
        }

        return $wrong;
    }

    /** @param list<string> $types */
    private static function takes(\ReflectionParameter $parameter, array $types): bool
    {
        $type = $parameter->getType();
        $taken = $type instanceof \ReflectionUnionType ? $type->getTypes() : [$type];
        $names = array_map(static fn (\ReflectionNamedType $one): string => $one->getName(), $taken);

        return $types !== [] && array_diff($types, $names) === [];
    }

    /**
     * @param array<string> $wanted
     * @param array<string> $there
     *
     * @return list<string>
     */
    private static function named(string $file, string $what, string $of, array $wanted, array $there): array
    {
        $file = self::SRC . "/$file";
        $lacking = array_map(static fn ($name) => "$file lacks the $what $name$of", array_diff($wanted, $there));
        $surplus = array_map(
            static fn ($name) => "$file has the $what $name$of, which include/documents.json lacks",
            array_diff($there, $wanted),
        );

        return [...array_values($lacking), ...array_values($surplus)];
    }

    /** Properties, those among them that are kept out of sight, and what they say about themselves. */
    private function assertProperties(string $file, string $class, string $document): void
    {
        $reflection = new \ReflectionClass($class);
        preg_match_all('/@property-read .*\$(\w+) +\S/', (string) $reflection->getDocComment(), $kept);
        $there = array_column($reflection->getProperties(\ReflectionProperty::IS_PUBLIC), 'name');
        $fields = $this->table->fields($document);
        self::assertSame([], self::named($file, 'property', '', array_keys($fields), [...$there, ...$kept[1]]));
        foreach ($fields as $name => $field) {
            if ($field['unit'] !== null && !in_array($name, $kept[1], true)) {
                $unit = str_contains($field['unit'], 'milli') ? 'milliseconds' : 'seconds';
                $comment = (string) $reflection->getProperty($name)->getDocComment();
                self::assertStringContainsString($unit, $comment, self::SRC . "/$file: $name");
            }
            if ($field['secret']) {
                self::assertContains($name, $kept[1], self::SRC . "/$file: $name is a secret that dumps would show");
            }
        }
    }

    /**
     * @param list<string>      $names
     * @param list<\BackedEnum> $cases
     */
    private static function assertCases(string $file, array $names, array $cases): void
    {
        self::assertSame([], self::named($file, 'case', '', $names, array_column($cases, 'value')));
    }
}
