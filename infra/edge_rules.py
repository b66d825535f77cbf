"""The edge's rules as data: which path goes where and which headers every answer carries.

Read by the CloudFront distribution (infra/website.py) and by the local front door (devtools), so that both play the
same rules.
"""

from typing import NamedTuple

# 'self' covers ws(s):// on the same host in current browsers (CSP level 3, "scheme-part match").
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
HSTS_SECONDS = 2 * 365 * 24 * 3600

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Strict-Transport-Security": f"max-age={HSTS_SECONDS}; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Route(NamedTuple):
    """One behaviour.  ``signed``: only with the user's signed cookies."""

    pattern: str
    target: str
    signed: bool = False


ROUTES = (
    Route("/api/*", "http_api"),
    Route("/ws", "websocket_api"),
    Route("/media/*", "media_bucket", signed=True),
)
# Which function answers inside the HTTP API.  The longest match wins; what is not named goes to the chat function.
API_ROUTES: tuple[tuple[str, str], ...] = (
    ("/api/auth/{proxy+}", "AuthApi"),
    ("/api/me", "AuthApi"),
    ("/api/me/{proxy+}", "AuthApi"),
    ("/api/companions/import", "ImageApi"),
    ("/api/companions/{id}/picture", "ImageApi"),
    ("/api/companions/{id}/images", "ImageApi"),
    ("/api/companions/{id}/card", "ImageApi"),
    ("/api/images", "ImageApi"),
    ("/api/images/{proxy+}", "ImageApi"),
    ("/api/{proxy+}", "ChatApi"),
)
# The page's own routes: everything without a dot in its last part is the page.
SPA_FUNCTION = """
function handler(event) {
  var request = event.request;
  var last = request.uri.substring(request.uri.lastIndexOf('/') + 1);
  if (last.indexOf('.') === -1) {
    request.uri = '/index.html';
  }
  return request;
}
"""
