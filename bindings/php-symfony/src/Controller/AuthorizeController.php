<?php

declare(strict_types=1);

namespace OpenAPI\Server\Controller;

use OpenAPI\Server\Gateway\ConsentPage;
use OpenAPI\Server\Http\Form;
use OpenAPI\Server\Http\Refusal;
use Symfony\Component\HttpFoundation\RedirectResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;

/**
 * Answers `/oauth/`: sends a user's browser on to Pinterest's consent page, in the name of the gateway's app.
 *
 * @internal
 */
final class AuthorizeController
{
    public function __construct(
        private readonly Guard $guard,
        private readonly ?ConsentPage $page = null,
    ) {
    }

    public function authorize(Request $request): Response
    {
        return $this->guard->answer($request, function () use ($request): Response {
            if ($this->page === null) {
                throw Refusal::invalid('this server has no gateway', 404);
            }

            return new RedirectResponse($this->page->address(Form::ofQuery($request)));
        });
    }
}
