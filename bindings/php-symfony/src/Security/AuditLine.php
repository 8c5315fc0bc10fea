<?php

declare(strict_types=1);

namespace OpenAPI\Server\Security;

use Psr\Log\LoggerInterface;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;

/**
 * The one line that every request leaves: who asked, from where, for what, and what became of it. No secret is in it,
 * and nothing that has not been checked: `-` stands for what is not known.
 *
 * @internal
 */
final class AuditLine
{
    private const TEXT = 'Pinterest OAuth: {user} {address} {grant_type} {scopes}'
        . ' {status} {code} {outcome} {request_id}';

    /** What may be a scope of Pinterest, and nothing longer, which could be a secret. */
    private const SCOPE = '/^[a-z_]{1,32}:[a-z_]{1,32}$/D';

    private string $user = '-';
    private string $grantType = '-';

    /** @var list<string> */
    private array $scopes = [];

    public function __construct(private readonly Request $request)
    {
    }

    /** Who has proved it. */
    public function askedBy(Caller $caller): void
    {
        $this->user = $caller->name;
    }

    /**
     * @param string       $grantType one that exists
     * @param list<string> $scopes    as the caller names them
     */
    public function askedFor(string $grantType, array $scopes): void
    {
        $this->grantType = $grantType;
        $this->granted($scopes);
    }

    /**
     * @param list<string> $scopes as Pinterest names them
     */
    public function granted(array $scopes): void
    {
        $this->scopes = $scopes ?: $this->scopes;
    }

    public function write(LoggerInterface $logger, Response $response): void
    {
        $status = $response->getStatusCode();
        $known = preg_grep(self::SCOPE, $this->scopes) ?: [];
        if (\count($known) < \count($this->scopes)) {
            $known[] = '(other)';
        }
        $error = $status < 400 ? [] : json_decode((string) $response->getContent(), true);
        $logger->info(self::TEXT, [
            'user' => $this->user,
            'address' => $this->request->getClientIp() ?? '-',
            'grant_type' => $this->grantType,
            'scopes' => implode(',', $known) ?: '-',
            'status' => $status,
            'code' => $error['code'] ?? '-',
            'outcome' => $status < 400 ? 'ok' : ($status < 500 ? 'refused' : 'failed'),
            'request_id' => $response->headers->get('X-Pinterest-Rid'),
        ]);
    }
}
