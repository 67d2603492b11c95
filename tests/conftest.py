"""What every test stands on: an AWS that cannot be the real one, and how hard Hypothesis tries."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.ministack"]

os.environ.update(
    # No test may reach a real account, whatever the person's own environment says.
    AWS_ACCESS_KEY_ID="test",
    AWS_SECRET_ACCESS_KEY="test",
    AWS_DEFAULT_REGION="us-east-1",
    # Without this, botocore asks an address of EC2 for credentials, and waits for it where there is none.
    AWS_EC2_METADATA_DISABLED="true",
    # botocore can put the account's id into DynamoDB's host name; stand-ins listen to the plain name only.
    AWS_ACCOUNT_ID_ENDPOINT_MODE="disabled",
)
for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"):
    os.environ.pop(name, None)

# No deadline for one example: on a shared machine it measures the neighbours. CI repeats the same examples,
# so that red means this change; at a desk they are drawn anew, so that the next run may find more.
settings.register_profile("desk", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
