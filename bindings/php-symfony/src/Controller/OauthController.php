<?php

declare(strict_types=1);

namespace OpenAPI\Server\Controller;

use OpenAPI\Server\Api\OauthApiInterface;
use OpenAPI\Server\Api\RequestAwareOauthApiInterface;
use OpenAPI\Server\Http\Answer;
use OpenAPI\Server\Http\BasicCredentials;
use OpenAPI\Server\Http\Form;
use OpenAPI\Server\Http\Refusal;
use OpenAPI\Server\Misuse;
use OpenAPI\Server\Model\OauthAccessTokenRequest;
use OpenAPI\Server\Security\AuditLine;
use OpenAPI\Server\Security\Caller;
use OpenAPI\Server\Security\ClientAuthenticatorInterface;
use OpenAPI\Server\Security\ConfiguredClients;
use Pinterest\OAuth\GrantType;
use Pinterest\OAuth\Token;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;

/**
 * Answers `/oauth/token`: checks the caller and the request, and asks the implementation.
 *
 * @internal
 */
final class OauthController
{
    /**
     * @param \Closure(): OauthApiInterface|null $api the tagged implementation
     */
    public function __construct(
        private readonly Guard $guard,
        private readonly ClientAuthenticatorInterface $authenticator,
        private readonly ?\Closure $api = null,
    ) {
    }

    public function oauthToken(Request $request): Response
    {
        return $this->guard->answer($request, function (AuditLine $line) use ($request): Response {
            $caller = $this->caller($request);
            $line->askedBy($caller);
            $asked = self::read($request, $caller->name);
            $line->askedFor($asked->getGrantType(), $asked->getScopes());
            self::checkPermission($caller, $asked);

            return $this->answer($caller, $asked, $line);
        });
    }

    public function methodNotAllowed(Request $request): Response
    {
        return $this->guard->answer($request, static fn (): Response => throw Refusal::method('POST'));
    }

    private function caller(Request $request): Caller
    {
        foreach (BasicCredentials::read($request->headers->get('Authorization')) as $credentials) {
            $caller = $this->authenticator->authenticate($credentials->user, $credentials->password());
            if ($caller !== null) {
                return $caller;
            }
        }
        $nobody = $this->authenticator instanceof ConfiguredClients && $this->authenticator->isEmpty();
        throw Refusal::unauthenticated($nobody ? 'No client is configured under open_api_server.clients.' : null);
    }

    private static function read(Request $request, string $user): OauthAccessTokenRequest
    {
        $form = Form::of($request);
        $grantType = $form->take('grant_type') ?? throw Refusal::invalid('grant_type is missing');
        if (GrantType::tryFrom($grantType) === null) {
            throw Refusal::invalid('grant_type is not one of the grants that exist');
        }

        return OauthAccessTokenRequest::fromForm($grantType, $form, $user);
    }

    /** What the caller may not even ask for. */
    private static function checkPermission(Caller $caller, OauthAccessTokenRequest $asked): void
    {
        if (!$caller->mayUse($asked->getGrantType())) {
            throw Refusal::forbidden('this client may not use this grant_type, but ' . implode(', ', $caller->grants));
        }
        if (!$caller->mayHave($asked->getScopes())) {
            throw self::tooWide($caller);
        }
        // Without a scope, an app's token has what Pinterest likes. Of a user's, the user has decided.
        $forApp = $asked->getGrantType() === GrantType::ClientCredentials->value;
        if ($forApp && $asked->getScopes() === [] && !$caller->mayHaveEveryScope()) {
            throw Refusal::invalid('scope is required for this client: some of ' . implode(', ', $caller->scopes));
        }
    }

    private function answer(Caller $caller, OauthAccessTokenRequest $asked, AuditLine $line): Response
    {
        $status = 200;
        $headers = [];
        $result = $this->ask($asked, $status, $headers);
        if ($result instanceof Token) {
            $line->granted($result->scopes);
            self::checkGranted($caller, $asked, $result->scopes);
        }

        return Answer::of($result, $status, $headers);
    }

    /**
     * With a code, Pinterest decides what a token may do. A refreshed one is never withheld: the caller's refresh token
     * may be worth nothing any more.
     *
     * @param list<string> $scopes
     */
    private static function checkGranted(Caller $caller, OauthAccessTokenRequest $asked, array $scopes): void
    {
        $isRefresh = $asked->getGrantType() === GrantType::RefreshToken->value;
        if (!$isRefresh && !$caller->mayHave($scopes)) {
            throw self::tooWide($caller);
        }
    }

    private function ask(OauthAccessTokenRequest $asked, int &$status, array &$headers): array|object|null
    {
        if ($this->api === null) {
            throw new Misuse('No service is tagged { name: "open_api_server.api", api: "oauth" }.');
        }
        $api = ($this->api)();
        try {
            return $api instanceof RequestAwareOauthApiInterface
                ? $api->oauthToken($asked->getGrantType(), $status, $headers, $asked)
                : $api->oauthToken($asked->getGrantType(), $status, $headers);
        } catch (\TypeError $problem) {
            // The first thing that a new implementation runs into. PHP's message names types only.
            throw str_contains($problem->getMessage(), '::oauthToken(): Return value must be')
                ? new Misuse($problem->getMessage())
                : $problem;
        }
    }

    private static function tooWide(Caller $caller): Refusal
    {
        return Refusal::forbidden('this client may not have other scopes than ' . implode(', ', $caller->scopes));
    }
}
