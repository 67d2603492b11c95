"""What API Gateway says by itself, in Docket's documents, and the header it demands.

It renames `WWW-Authenticate` in a function's answer, and the Java SDK sends no credentials before it has seen that
header. So the answer to a request without credentials must be API Gateway's own.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
"""

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.errors import Problem
from chalicelib.wire.documents.failures import status_failure
from chalicelib.wire.problems import Refusal

CHALLENGE = {"gatewayresponse.header.WWW-Authenticate": "'Basic realm=\"Docket\"'"}
LATER = {"gatewayresponse.header.Retry-After": "'5'"}

GUARDED = ("/accounts", "/desk")
"""Paths below which every method demands credentials."""

VALIDATOR = "headers"
_CREDENTIALS = {"name": "Authorization", "in": "header", "required": True, "type": "string"}

_NO_CREDENTIALS = "Credentials are required: Basic, with user name and password."
_NOT_NOW = "The service is not available at this moment. Try again."

_ANSWERS: tuple[tuple[str, int, str, str, Mapping[str, str]], ...] = (
    ("UNAUTHORIZED", 401, "1001", _NO_CREDENTIALS, CHALLENGE),
    ("BAD_REQUEST_PARAMETERS", 401, "1001", _NO_CREDENTIALS, CHALLENGE),
    ("ACCESS_DENIED", 403, "1001", "Access Denied", {}),
    ("MISSING_AUTHENTICATION_TOKEN", 404, "1016", "The resource does not exist", {}),
    ("RESOURCE_NOT_FOUND", 404, "1016", "The resource does not exist", {}),
    ("REQUEST_TOO_LARGE", 413, "1011", "The body is too large.", {}),
    ("UNSUPPORTED_MEDIA_TYPE", 415, "1005", "The body must be XML or JSON.", {}),
    ("THROTTLED", 429, "1010", "Too many requests at this moment. Try again.", LATER),
    ("QUOTA_EXCEEDED", 429, "1010", "Too many requests at this moment. Try again.", LATER),
    ("INTEGRATION_TIMEOUT", 504, "1000", "The service did not answer in time. Try again.", LATER),
    ("INTEGRATION_FAILURE", 503, "1000", _NOT_NOW, LATER),
    ("DEFAULT_5XX", 503, "1000", _NOT_NOW, LATER),
    ("DEFAULT_4XX", 400, "1019", "The request cannot be read.", {}),
)
"""Kind, status, code and sentence, headers. Kinds: docs.aws.amazon.com, supported-gateway-response-types."""


def extensions() -> dict[str, Any]:
    """What is added to the description of the API.

    All bodies are handed over as the bytes they are: read as text, XML in another encoding than UTF-8 would arrive
    broken.
    """
    return {
        "x-amazon-apigateway-binary-media-types": ["*/*"],
        "x-amazon-apigateway-gateway-responses": {
            kind: _answer(status, code, sentence, headers) for kind, status, code, sentence, headers in _ANSWERS
        },
        "x-amazon-apigateway-request-validators": {
            VALIDATOR: {"validateRequestParameters": True, "validateRequestBody": False}
        },
    }


def demand_credentials(paths: Mapping[str, Mapping[str, dict[str, Any]]]) -> None:
    """Make every method of the guarded paths refuse a request without the header `Authorization`."""
    for path, methods in paths.items():
        if path.startswith(GUARDED):
            for method in methods.values():
                method["parameters"] = [*method.get("parameters", ()), _CREDENTIALS]
                method["x-amazon-apigateway-request-validator"] = VALIDATOR


def _answer(status: int, code: str, sentence: str, headers: Mapping[str, str]) -> dict[str, Any]:
    document = status_failure("ErrorResponse", Refusal(status, (Problem(code, sentence),)))
    return {
        "statusCode": status,
        "responseParameters": dict(headers),
        "responseTemplates": {"application/xml": document.xml(), "application/json": document.json_text()},
    }
