<?php

declare(strict_types=1);

namespace OpenAPI\Server\Controller;

use OpenAPI\Server\Http\Answer;
use OpenAPI\Server\Http\Refusal;
use OpenAPI\Server\Misuse;
use OpenAPI\Server\Model\Error;
use OpenAPI\Server\Security\AuditLine;
use OpenAPI\Server\Security\Gate;
use Psr\Log\LoggerInterface;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\HttpExceptionInterface;
use Symfony\Component\HttpKernel\Profiler\Profiler;

/**
 * What every request has in common: it is let in or not, every failure becomes Pinterest-shaped, and one line is left.
 *
 * @internal
 */
final class Guard
{
    public function __construct(
        private readonly Gate $gate,
        private readonly LoggerInterface $logger,
        private readonly LoggerInterface $auditLogger,
        private readonly bool $debug,
        private readonly ?Profiler $profiler = null,
    ) {
    }

    /**
     * @param \Closure(AuditLine): Response $answer
     */
    public function answer(Request $request, \Closure $answer): Response
    {
        // The profiler would store the form and the Authorization header.
        $this->profiler?->disable();
        $id = (string) random_int(10 ** 15, 10 ** 16 - 1);
        $line = new AuditLine($request);
        try {
            $this->gate->admit($request);
            $response = $answer($line);
        } catch (Refusal $refusal) {
            $response = Answer::of($this->refused($refusal), $refusal->status, $refusal->headers);
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
        $line->write($this->auditLogger, $response);

        return $response;
    }

    private function refused(Refusal $refusal): Error
    {
        $error = $refusal->error;
        if ($refusal->remark === null) {
            return $error;
        }
        $this->logger->warning($refusal->remark);

        return $this->debug ? new Error($error->code, $error->message . ' ' . $refusal->remark) : $error;
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
