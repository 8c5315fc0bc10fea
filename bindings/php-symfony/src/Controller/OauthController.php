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
use OpenAPI\Server\Model\Error;
use OpenAPI\Server\Model\OauthAccessTokenRequest;
use OpenAPI\Server\Security\ClientAuthenticatorInterface;
use Pinterest\OAuth\GrantType;
use Psr\Log\LoggerInterface;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\HttpExceptionInterface;
use Symfony\Component\HttpKernel\Profiler\Profiler;

/**
 * Answers `/oauth/token`: checks the request, asks the implementation, and makes every failure Pinterest-shaped.
 *
 * @internal
 */
final class OauthController
{
    /**
     * @param \Closure(): OauthApiInterface|null $api the tagged implementation
     */
    public function __construct(
        private readonly ClientAuthenticatorInterface $authenticator,
        private readonly LoggerInterface $logger,
        private readonly bool $debug,
        private readonly ?Profiler $profiler = null,
        private readonly ?\Closure $api = null,
    ) {
    }

    public function oauthToken(Request $request): Response
    {
        return $this->guarded($request, fn (): Response => $this->answer($this->read($request)));
    }

    public function methodNotAllowed(Request $request): Response
    {
        return $this->guarded($request, static fn (): Response => throw Refusal::method('POST'));
    }

    /**
     * @param \Closure(): Response $answer
     */
    private function guarded(Request $request, \Closure $answer): Response
    {
        // The profiler would store the form and the Authorization header.
        $this->profiler?->disable();
        $id = (string) random_int(10 ** 15, 10 ** 16 - 1);
        try {
            $response = $answer();
        } catch (Refusal $refusal) {
            $this->logger->notice('Refused with {status}.', [
                'status' => $refusal->status,
                'client_ip' => $request->getClientIp(),
                'request_id' => $id,
            ]);
            $response = Answer::of($refusal->error, $refusal->status, $refusal->headers);
        } catch (HttpExceptionInterface $problem) {
            $status = $problem->getStatusCode();
            $response = Answer::of(Error::forStatus($status), $status, $problem->getHeaders());
        } catch (\Throwable $problem) {
            $response = $this->failed($problem, $id);
        }
        $response->headers->set('Cache-Control', 'no-cache, no-store, must-revalidate');
        $response->headers->set('X-Content-Type-Options', 'nosniff');
        if (!$response->headers->has('X-Pinterest-Rid')) {
            $response->headers->set('X-Pinterest-Rid', $id);
        }

        return $response;
    }

    /**
     * @throws Refusal
     */
    private function read(Request $request): OauthAccessTokenRequest
    {
        $user = $this->user($request);
        $form = Form::of($request);
        $grantType = $form->take('grant_type') ?? throw Refusal::invalid('grant_type is missing');
        if (GrantType::tryFrom($grantType) === null) {
            throw Refusal::invalid('grant_type is not one of the grants that exist');
        }

        return OauthAccessTokenRequest::fromForm($grantType, $form, $user);
    }

    private function user(Request $request): string
    {
        foreach (BasicCredentials::read($request->headers->get('Authorization')) as $credentials) {
            if ($this->authenticator->authenticate($credentials->user, $credentials->password())) {
                return $credentials->user;
            }
        }
        throw Refusal::unauthenticated();
    }

    private function answer(OauthAccessTokenRequest $request): Response
    {
        if ($this->api === null) {
            throw new Misuse('No service is tagged { name: "open_api_server.api", api: "oauth" }.');
        }
        $api = ($this->api)();
        $status = 200;
        $headers = [];
        try {
            $result = $api instanceof RequestAwareOauthApiInterface
                ? $api->oauthToken($request->getGrantType(), $status, $headers, $request)
                : $api->oauthToken($request->getGrantType(), $status, $headers);
        } catch (\TypeError $problem) {
            // The first thing that a new implementation runs into. PHP's message names types only.
            throw str_contains($problem->getMessage(), '::oauthToken(): Return value must be')
                ? new Misuse($problem->getMessage())
                : $problem;
        }

        return Answer::of($result, $status, $headers);
    }

    private function failed(\Throwable $problem, string $id): Response
    {
        $why = $problem instanceof Misuse
            ? $problem->getMessage()
            : sprintf('%s in %s, line %d', get_debug_type($problem), $problem->getFile(), $problem->getLine());
        $this->logger->critical('No answer to an oauthToken request: {why}', [
            'why' => $why,
            'exception' => $problem,
            'request_id' => $id,
        ]);
        $error = Error::forStatus(500);

        return Answer::of($this->debug ? new Error($error->code, $error->message . ' ' . $why) : $error, 500);
    }
}
