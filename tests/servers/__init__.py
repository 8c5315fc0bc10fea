"""Web servers, each with an application that asks for tokens."""
