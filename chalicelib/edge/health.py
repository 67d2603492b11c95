"""Whether the service is up. No credentials needed."""

import json

from chalicelib.edge.answer import Answer
from chalicelib.edge.door import at
from chalicelib.edge.place import Spot
from chalicelib.edge.visit import Visit


@at(Spot.HEALTH, "GET")
def health(visit: Visit) -> Answer:
    """200 with the vital signs."""
    return Answer(plain=json.dumps({"status": "ok", **visit.services.vitals()}, default=str))
