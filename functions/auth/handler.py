"""The AuthApi function: accounts, sessions, settings, export and deletion.

API Gateway → here → services/accounts.py → repositories; cookies are made in cookies.py.
"""

from typing import Annotated, Any
from uuid import UUID

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.utilities.typing import LambdaContext

from companion_hub import bootstrap
from companion_hub.http import viewer_address
from companion_hub.models.user import (
    ChangePasswordRequest,
    DeleteMeRequest,
    LoginRequest,
    RegisterRequest,
    SessionPage,
    UpdateMeRequest,
    Usage,
    UserEnvelope,
)
from companion_hub.services.accounts import LoggedIn
from companion_hub.services.texts import one_line
from functions.auth.cookies import cleared_cookies, media_cookies, renewed_media_cookies, session_cookie

api = bootstrap.http_api(public=frozenset({"POST /api/auth/register", "POST /api/auth/login"}))
app = api.app
JSON = "application/json"


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return api.handle(event, context)


@app.post("/api/auth/register", status_code=201, summary="Make an account and log in", tags=["account"])
def register(request: Annotated[RegisterRequest, Body()]) -> Response[UserEnvelope]:
    made = bootstrap.accounts().register(request, address=_address(), user_agent=_user_agent())
    return _logged_in(made, status=201)


@app.post("/api/auth/login", summary="Log in with e-mail or username", tags=["account"])
def log_in(request: Annotated[LoginRequest, Body()]) -> Response[UserEnvelope]:
    return _logged_in(bootstrap.accounts().log_in(request, address=_address(), user_agent=_user_agent()), status=200)


@app.post("/api/auth/logout", status_code=204, summary="End this session", tags=["account"])
def log_out() -> Response[None]:
    bootstrap.accounts().log_out(api.caller.user_id, api.caller.session_id)
    return Response(204, cookies=cleared_cookies())


@app.post("/api/auth/logout-all", status_code=204, summary="End every session of the account", tags=["account"])
def log_out_everywhere() -> Response[None]:
    bootstrap.accounts().log_out_everywhere(api.caller.user_id)
    return Response(204, cookies=cleared_cookies())


@app.get("/api/me", summary="The account; renews the cookies that open the pictures", tags=["account"])
def me() -> Response[UserEnvelope]:
    user = bootstrap.accounts().me(api.caller.user_id)
    cookies = renewed_media_cookies(user.id, app.current_event.raw_event)
    return Response(200, JSON, UserEnvelope(user=user), cookies=cookies)


@app.patch("/api/me", summary="Change profile, appearance or preferences", tags=["account"])
def update_me(request: Annotated[UpdateMeRequest, Body()]) -> UserEnvelope:
    return UserEnvelope(user=bootstrap.accounts().update(api.caller.user_id, request))


@app.delete("/api/me", status_code=204, summary="Delete the account and all that is in it", tags=["account"])
def delete_me(request: Annotated[DeleteMeRequest, Body()]) -> Response[None]:
    bootstrap.accounts().delete(api.caller.user_id, request.password)
    return Response(204, cookies=cleared_cookies())


@app.post("/api/me/password", status_code=204, summary="Change the password; other sessions end", tags=["account"])
def change_password(request: Annotated[ChangePasswordRequest, Body()]) -> Response[None]:
    bootstrap.accounts().change_password(api.caller.user_id, api.caller.session_id, request)
    return Response(204)


@app.get("/api/me/sessions", summary="Where the account is logged in", tags=["account"])
def sessions() -> SessionPage:
    return SessionPage(items=bootstrap.accounts().sessions(api.caller.user_id, api.caller.session_id))


@app.delete("/api/me/sessions/<session_id>", status_code=204, summary="End one session", tags=["account"])
def revoke_session(session_id: UUID) -> Response[None]:
    bootstrap.accounts().revoke_session(api.caller.user_id, session_id)
    return Response(204, cookies=cleared_cookies() if session_id == api.caller.session_id else None)


@app.get(
    "/api/me/export",
    summary="Everything stored about the account, as one JSON document",
    description="A document too large for one answer is stored beside the pictures; the answer is then a redirect.",
    tags=["account"],
    responses={
        200: {"description": "The document", "content": {JSON: {"schema": {"type": "object"}}}},
        303: {"description": "Where the document is, readable with the account's cookies"},
    },
)
def export() -> Response[str]:
    made = bootstrap.exports().export(api.caller.user_id)
    if made.path is not None:
        return Response(303, headers={"Location": made.path})
    disposition = 'attachment; filename="companion-hub.json"'
    return Response(200, JSON, made.document, headers={"Content-Disposition": disposition})


@app.get("/api/me/usage", summary="Tokens, pictures and estimated cost, month by month", tags=["account"])
def usage() -> Usage:
    return bootstrap.accounts().usage(api.caller.user_id)


def _logged_in(made: LoggedIn, *, status: int) -> Response[UserEnvelope]:
    cookies = [session_cookie(made.token), *media_cookies(made.user.id, app.current_event.raw_event)]
    return Response(status, JSON, UserEnvelope(user=made.user), cookies=cookies)


def _address() -> str:
    return viewer_address(app.current_event.raw_event)


def _user_agent() -> str:
    return one_line(app.current_event.headers.get("user-agent") or "", 200)
