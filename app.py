"""Every trigger, and the registration of every route. Bodies of one line; nothing happens on import.

Triggers stand here and not in a blueprint: Lambda would import its module alone (until aws/chalice#1566).
The names of stream, queues and rule are put in place by infra/aws/chalice-merge.json.
"""

from chalice import Chalice, Rate
from chalice.app import CloudWatchEvent, DynamoDBEvent, SQSEvent

from chalicelib import wiring
from chalicelib.edge import doorbell, entrance, post, stream, timer

app = Chalice(app_name="docket")

app.register_blueprint(entrance.routes)


@app.on_dynamodb_record(stream_arn="Stream", batch_size=100, starting_position="TRIM_HORIZON", name="on_entry")
def on_entry(event: DynamoDBEvent) -> stream.Failures:
    """A journal entry was written."""
    return stream.announce(event, wiring.services())


@app.on_sqs_message(queue="Doorbell", batch_size=1, name="on_doorbell")
def on_doorbell(event: SQSEvent) -> doorbell.Failures:
    """There is something to tell."""
    return doorbell.ring(event, wiring.services())


@app.on_sqs_message(queue="Post", batch_size=1, name="on_mail")
def on_mail(event: SQSEvent) -> doorbell.Failures:
    """A mail came in."""
    return post.hear(event, wiring.services())


@app.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(_event: CloudWatchEvent) -> None:
    """A minute has passed."""
    timer.sweep(wiring.services())
