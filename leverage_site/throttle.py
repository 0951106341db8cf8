"""Who is trying to log in, as the throttle counts them."""

import unicodedata
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# An attacker owns a whole /64 as easily as one address.
IPV6_PREFIX = 64
UNKNOWN = "::"  # all who come without a readable address share their attempts


def user_name(request: HttpRequest | None, credentials: Mapping[str, str] | None = None) -> str:
    """The name typed, folded at least as far as Django folds it: no spelling has attempts of its own.

    Django's log-in applies NFKC: a full-width "ａｄｍｉｎ" is the account "admin".
    """
    typed = (credentials or {}).get("username") or (request.POST.get("username", "") if request else "")
    return unicodedata.normalize("NFKC", typed).casefold()


def client_address(request: HttpRequest) -> str:
    """The visitor's address: the connection's, or what a trusted proxy says it is.

    Only the last entry of X-Forwarded-For is the proxy's own word; all before it may be made up.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    if _is_trusted(peer):
        peer = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip() or peer
    return _folded(peer)


def _is_trusted(address: str) -> bool:
    """True for loopback, for the empty address of a Unix socket, and for whom TRUSTED_PROXIES names."""
    known = _read(address)
    if known is None:
        return not address
    return known.is_loopback or any(known in each for each in settings.TRUSTED_PROXIES)


def _folded(address: str) -> str:
    """An IPv6 address as its network, an IPv4 one as it is, anything else as one unknown address."""
    known = _read(address)
    if isinstance(known, IPv6Address) and not known.is_loopback:
        return str(ip_network((int(known), IPV6_PREFIX), strict=False).network_address)
    return str(known) if known else UNKNOWN


def _read(address: str) -> IPv4Address | IPv6Address | None:
    """What an address says; one of IPv4 is such also where a socket for both has it as ``::ffff:…``."""
    try:
        known = ip_address(address)
    except ValueError:
        return None
    return (isinstance(known, IPv6Address) and known.ipv4_mapped) or known
