"""The Migrate function: brings the schema up to date.  Called by the deployment (a CDK Trigger) and by ``hub up``."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.db.migrate import migrate
from companion_hub.observability import logger


def handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, list[str]]:
    """Apply what is missing and return its names; raising fails the deployment, which is what should happen."""
    with bootstrap.migration_connection() as connection:
        applied = migrate(connection)
    logger.info("schema is up to date", extra={"applied": applied})
    return {"applied": applied}
