"""The API: a file a resource, with the bodies and the endpoints of it."""
