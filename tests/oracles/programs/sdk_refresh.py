"""Lets Pinterest's own SDK refresh a token, then uses the new one. Run by the Python that has the SDK.

The address comes by PINTEREST_API_URI, as the SDK wants it; the credentials come by standard input.
"""

# mypy: disable-error-code="import-not-found,import-untyped"

import json
import sys

from openapi_generated.pinterest_client.api.user_account_api import UserAccountApi
from pinterest.client import PinterestSDKClient
from pinterest.utils.sdk_exceptions import SdkException


def main() -> None:
    """Prints what the account's name is, or the status with which the SDK was refused."""
    try:
        client = PinterestSDKClient.create_client_with_refresh_token(**json.load(sys.stdin))
    except SdkException as error:
        print(json.dumps({"refused": error.status}))
        return
    account = UserAccountApi(client).user_account_get()
    print(json.dumps({"username": account.username, "access_token": client.configuration.access_token}))


if __name__ == "__main__":
    main()
