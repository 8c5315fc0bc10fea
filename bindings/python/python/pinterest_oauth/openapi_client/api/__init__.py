"""The calls, one module for each group."""

from . import oauth_api

__all__ = ["oauth_api"]
