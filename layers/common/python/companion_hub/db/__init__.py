"""Connection, migrations and retry rules of the one PostgreSQL database."""
