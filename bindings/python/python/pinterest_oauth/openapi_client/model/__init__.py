"""The models of the call, one module each."""

from . import error, oauth_access_token_request, oauth_access_token_response

__all__ = ["error", "oauth_access_token_request", "oauth_access_token_response"]
