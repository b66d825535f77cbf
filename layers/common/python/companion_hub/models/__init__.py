"""Frozen pydantic types of what the product talks about; the API speaks the same types."""
