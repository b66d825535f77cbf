"""SQL in, models out: one module per table family."""
