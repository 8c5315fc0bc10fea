<?php

/**
 * Shows everything in every way that PHP knows, with arguments in traces, and ends with an uncaught exception.
 * None of it may hold the canary, which comes on standard input.
 */

declare(strict_types=1);

require __DIR__ . '/../bootstrap.php';

use Pinterest\OAuth\Client;
use Pinterest\OAuth\Exception\NotSavedException;
use Pinterest\OAuth\Exception\PinterestOAuthException;
use Pinterest\OAuth\Token;
use Pinterest\OAuth\TokenManager;

@include_once 'Symfony/Component/VarDumper/autoload.php';

ini_set('zend.exception_ignore_args', '0');
ini_set('zend.exception_string_param_max_len', '1000');
ini_set('display_errors', 'stderr');
error_reporting(-1);
['canary' => $canary, 'settings' => $settings, 'last' => $last] = json_decode(stream_get_contents(STDIN), true);

function show(mixed $value): void
{
    var_dump($value);
    print_r($value);
    var_export($value);
    debug_zval_dump($value);
    echo json_encode($value), json_encode([$value], JSON_PRETTY_PRINT);
    if (is_object($value)) {
        var_dump((array) $value, get_object_vars($value), get_mangled_object_vars($value));
        $properties = (new ReflectionObject($value))->getProperties();
        foreach ($properties as $property) {
            if (!$property->isInitialized($value)) {
                continue;
            }
            var_dump($property->getValue($value));
        }
    }
    if (class_exists(Symfony\Component\VarDumper\VarDumper::class)) {
        $dumper = new Symfony\Component\VarDumper\Dumper\CliDumper('php://stdout');
        $dumper->dump((new Symfony\Component\VarDumper\Cloner\VarCloner())->cloneVar($value));
        echo "VarDumper\n";
    }
    try {
        echo serialize($value);
    } catch (Exception $exception) {
        echo $exception;
    }
}

function login(Client $client, string $code): Token
{
    return $client->oauthToken('authorization_code', code: $code, redirectUri: 'http://localhost:8085/');
}

$token = Token::fromArray([
    'access_token' => "pina_$canary",
    'refresh_token' => "pinr.$canary",
    'new' => $canary,
    'scope' => 'pins:read',
]);
$client = new Client(...['appSecret' => "secret-$canary"] + $settings);
$manager = new TokenManager(...['appSecret' => "secret-$canary"] + $settings, store: ':memory:');
$account = $manager->account('shop-42');
$account->import($token);
$unsaved = (new NotSavedException('no disk took it'))->carry($token);
$calls = [
    static fn () => serialize($manager),
    static fn () => serialize($account),
    static fn () => throw $unsaved,
    static fn () => $account->accessToken("ads:write,$canary"),
    static fn () => $account->accessToken([$canary, [$canary]]),
    static fn () => $account->rejected($canary, 3),
    static fn () => $account->rejected("pina_$canary"),
    static fn () => $account->rejected("$canary\xff"),
    static fn () => $account->rejected([$canary]),
    static fn () => $account->login("code-$canary", 'http://localhost:8085/', state: $canary, extra: ['x' => $canary]),
    static fn () => $account->login("code-$canary\n", 'http://localhost:8085/'),
    static fn () => $account->login("code-$canary", $canary),
    static fn () => $account->refresh(force: true),
    static fn () => $account->import("pina_$canary"),
    static fn () => $account->rename("$canary\0"),
    static fn () => $manager->account("$canary\n"),
    static fn () => $manager->account('nobody')->accessToken(),
    static fn () => new TokenManager(appSecret: "$canary\0", trustEnv: false),
    static fn () => login($client, "code-$canary"),
    static fn () => login($client, "code-$canary\n"),
    static fn () => login($client, "code-$canary\xff"),
    static fn () => $client->oauthToken($canary),
    static fn () => $client->oauthToken('refresh_token', refreshToken: "pinr.$canary", code: $canary),
    static fn () => $client->oauthToken('client_credentials', extra: ['a' => [$canary]]),
    static fn () => $client->oauthToken('client_credentials', scope: [$canary, ["a $canary"]]),
    static fn () => $client->refresh($token),
    static fn () => $client->revoke("pina_$canary"),
    static fn () => $client->revoke("pina_$canary", $canary),
    static fn () => $client->conversionToken("pina_$canary"),
    static fn () => Client::redirect("?code=$canary&state=$canary", 'another'),
    static fn () => Client::redirect("?error=$canary-denied&code=$canary&state=s", 's'),
    static fn () => Token::fromJson("{\"access_token\":7,\"x\":\"$canary\"}"),
    static fn () => Token::fromJson("\"$canary"),
    static fn () => serialize($token),
    static fn () => new Client(appSecret: "$canary\0", trustEnv: false),
    static fn () => new Client(proxy: "//user:$canary", trustEnv: false),
    static fn () => new Client(appSecret: $canary, baseUrl: "https://u:$canary@a.example", trustEnv: false),
    static fn () => $client->oauthToken('refresh_token', refreshToken: $canary, nonsense: $canary),
    static fn () => $client->oauthToken('refresh_token', refreshToken: $canary, timeout: 'soon'),
    static fn () => $client->oauthToken('authorization_code', code: [$canary]),
    static fn () => $token->accessToken = $canary,
    static fn () => $token->scope = $canary,
];
if (str_starts_with($last, 'answer')) {
    $calls = [static fn () => login($client, "code-$canary")];
}
if ($last === 'uncaught') {
    login($client, "code-$canary");
}
show($token);
show($client);
show($manager);
show($account);
show($account->token());
show($account->export());
show($account->status());
show($manager->accounts());
show($manager->doctor());
$thrown = 0;
foreach ($calls as $call) {
    try {
        $call();
    } catch (PinterestOAuthException $exception) {
        $thrown++;
        show($exception);
        error_log((string) $exception);
        echo json_encode($exception->toArray());
        if (array_filter(array_column($exception->getTrace(), 'args'))) {
            throw new LogicException('a trace holds arguments');
        }
    } catch (Throwable $error) {
        $thrown++;
        error_log((string) $error);
        print_r($error->getTrace());
    }
}
echo "\ncommand line: ", str_replace("\0", ' ', file_get_contents('/proc/self/cmdline'));
echo "\nthrown: $thrown of ", count($calls), "\n";
