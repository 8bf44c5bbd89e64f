"""The OpenAPI document: what FastAPI finds, made whole. `document` begins, each other file adds one thing."""
