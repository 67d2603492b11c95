"""API Gateway and Lambda shapes → calls of the flow. Only here, in app.py and in infra.local is Chalice known."""
