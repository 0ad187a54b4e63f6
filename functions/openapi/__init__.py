"""What the API promises, endpoint by endpoint: `openapi.json` is made from it, and tests hold the API to it.

`python -m functions.openapi` writes the file again.
"""
