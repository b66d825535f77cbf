"""The cookies of a logged-in browser: the session, and the three that open the user's pictures on CloudFront."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from companion_hub import bootstrap
from companion_hub.http import SESSION_COOKIE, read_cookie
from companion_hub.services.media_cookies import LIFETIME_S, NAMES, signed_for
from companion_hub.services.session_tokens import LIFETIME


def session_cookie(token: str) -> Cookie:
    return _cookie(SESSION_COOKIE, token, max_age_s=int(LIFETIME.total_seconds()))


def media_cookies(user_id: UUID, event: Mapping[str, Any]) -> list[Cookie]:
    """Return fresh media cookies for the origin the browser is at."""
    values = bootstrap.media_cookies().for_user(user_id, _origin_of(event))
    return [_cookie(name, value, max_age_s=LIFETIME_S) for name, value in values.items()]


def renewed_media_cookies(user_id: UUID, event: Mapping[str, Any]) -> list[Cookie]:
    """Return fresh media cookies when the browser's are missing, past half of their life or of another key, else none."""
    is_of_this_key = read_cookie(event, NAMES[2]) == bootstrap.media_cookies().key_pair_id
    if is_of_this_key and signed_for(read_cookie(event, NAMES[0]), user_id, bootstrap.origins()):
        return []
    return media_cookies(user_id, event)


def cleared_cookies() -> list[Cookie]:
    return [_cookie(name, "", max_age_s=0) for name in (SESSION_COOKIE, *NAMES)]


def _cookie(name: str, value: str, *, max_age_s: int) -> Cookie:
    # Path=/ for the media cookies too: the API sees their age and renews them in time.
    return Cookie(name, value, path="/", secure=True, http_only=True, same_site=SameSite.STRICT_MODE, max_age=max_age_s)


def _origin_of(event: Mapping[str, Any]) -> str:
    """Return the origin in the browser's address bar: it says so on changes, its Referer on reads; else the first."""
    headers: Mapping[str, str] = event.get("headers") or {}
    candidates = [headers.get("origin", "").rstrip("/"), "/".join(headers.get("referer", "").split("/")[:3])]
    return next((origin for origin in candidates if origin in bootstrap.origins()), bootstrap.main_origin())
