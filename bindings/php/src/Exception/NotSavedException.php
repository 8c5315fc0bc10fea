<?php

declare(strict_types=1);

namespace Pinterest\OAuth\Exception;

use Pinterest\OAuth\ErrorKind;
use Pinterest\OAuth\Token;

/** Pinterest issued a token, and no disk took it: store the one that this exception carries, at once. */
class NotSavedException extends \RuntimeException implements PinterestOAuthException
{
    use Details;

    /** Why the call failed. */
    public const KIND = ErrorKind::NotSaved;

    private ?Token $token = null;

    /**
     * The token, for {@see Token::toJson()}; null where it was stored after all. No dump or text of this exception
     * shows its secrets.
     */
    public function getToken(): ?Token
    {
        return $this->token;
    }

    /**
     * @internal
     *
     * @return $this
     */
    public function carry(?Token $token): static
    {
        $this->token = $token;

        return $this;
    }
}
