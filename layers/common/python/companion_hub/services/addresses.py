"""What of a viewer's address a rate limit counts by."""

from ipaddress import IPv6Address, IPv6Network, ip_address


def rate_limit_address(address: str) -> str:
    """Return the IPv4 address, or the /64 of an IPv6 one: a household has a whole /64 to choose addresses from."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(IPv6Network((parsed, 64), strict=False).network_address)
    return str(parsed)
