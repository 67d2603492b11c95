"""The description of the API for programs. No credentials needed."""

from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit


@at(Spot.OPENAPI, "GET")
def describe(_visit: Visit) -> Answer:
    """The OpenAPI document."""
    from chalicelib.edge import openapi  # noqa: PLC0415 because only this needs it, and it takes long to load

    return Answer(plain=openapi.document())
