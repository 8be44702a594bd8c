"""How text is written into HTML: between tags, in an attribute's value, and as an address."""

import re

ADDRESSES = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post", "poster", "xlink:href"})
_SAFE_ADDRESS = re.compile(r"\s*(?:https?:|mailto:|[^:]*\Z|[^:/?#]*[/?#])", re.IGNORECASE)


def escape_text(text: str) -> str:
    """Text as it may stand between tags."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def escape_value(text: str) -> str:
    """Text as it may stand in an attribute's value, between quotes."""
    if '"' in text or "'" in text:
        return escape_text(text).replace('"', "&quot;").replace("'", "&#x27;")
    return escape_text(text)


def safe_address(text: str) -> str:
    """The address, or "#" where it would run something."""
    return text if _SAFE_ADDRESS.match(text) else "#"
