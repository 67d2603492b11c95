"""What AWS keeps for us: tables (PynamoDB), doorbells (SQS), files (S3). Adapters of the flow's ports, without rules.

Nothing is imported here: whoever needs only the codec of stream images must not pay for PynamoDB.
"""
