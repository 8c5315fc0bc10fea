"""A token for the app itself, by the installed package; the time of the import in milliseconds."""

import importlib
import time

began = time.perf_counter()
pinterest_oauth = importlib.import_module("pinterest_oauth")
took = (time.perf_counter() - began) * 1000
token = pinterest_oauth.oauth_token("client_credentials", scope="ads:read")
print(f"{took:.1f} {' '.join(token.scopes)}")
