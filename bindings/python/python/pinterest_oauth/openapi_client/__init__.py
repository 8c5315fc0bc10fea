"""The shape of the Python client that OpenAPI Generator makes from Pinterest's description.

    from pinterest_oauth import openapi_client
    from pinterest_oauth.openapi_client.api import oauth_api

    configuration = openapi_client.Configuration(username=app_id, password=app_secret)
    with openapi_client.ApiClient(configuration) as api_client:
        api_instance = oauth_api.OauthApi(api_client)
        try:
            api_response = api_instance.oauth_token(
                body=dict(grant_type="refresh_token", refresh_token=stored),
            )
            token = api_response.body.token
        except openapi_client.ApiException as e:
            print(e)

For programs that were written for that client (`python-experimental`, 6.0 to 6.2): the names are its own,
the call is `pinterest_oauth.Client.oauth_token`. New programs need nothing of this.
"""

from . import api, api_client, configuration, exceptions, model, rest, schemas
from .api_client import ApiClient
from .configuration import Configuration
from .exceptions import ApiException, OpenApiException

__all__ = [
    "ApiClient",
    "ApiException",
    "Configuration",
    "OpenApiException",
    "api",
    "api_client",
    "configuration",
    "exceptions",
    "model",
    "rest",
    "schemas",
]
