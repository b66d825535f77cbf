"""What the product does: one module per use case; the heart is pure."""
