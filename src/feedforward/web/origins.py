"""Which addresses are ours: the Host a request may name, and the pages a form may come from."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from feedforward import urls
from feedforward.settings import LOOPBACK_HOSTS, Settings

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")
# What reverse proxies add: a page that is for this machine alone is never asked for through one.
_FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded")


@dataclass(frozen=True, slots=True)
class Origins:
    """`public_host` is the Host browsers send for the public address ("" where there is none), in lower case."""

    https: bool
    public_host: str

    @classmethod
    def of(cls, settings: Settings) -> "Origins":
        public = urlsplit(settings.public_url.lower())
        default_port = {"https": ":443", "http": ":80"}.get(public.scheme, "")
        return cls(not settings.on_loopback, public.netloc.removesuffix(default_port) if default_port else "")

    def is_ours(self, headers: Headers, path: str) -> bool:
        """Whether the Host is one we are served under; a page opened through a rebound DNS name is not."""
        hosts = headers.getlist("host")
        found = _HOST.fullmatch(hosts[0].lower()) if len(hosts) == 1 else None
        if found is None:
            return False
        if not self.https and any(name in headers for name in _FORWARDED):
            return False
        if self.public_host and hosts[0].lower() == self.public_host:
            return True
        on_this_machine = found[1].strip("[]") in LOOPBACK_HOSTS
        # Health checks ask by this machine's own name, also where pages are served under a public one.
        return on_this_machine and (not self.https or path in (urls.health(), urls.ready()))

    def is_same_origin(self, headers: Headers) -> bool:
        """Whether a state-changing request comes from a page of ours, as Sec-Fetch-Site and Origin tell it (both where
        both are sent, and at least one). The scheme counts: a page of this name over http is somebody else's."""
        sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
        ours = f"{'https' if self.https else 'http'}://{headers.get('host', '').lower()}"
        return (
            bool(sites or origins)
            and all(site == "same-origin" for site in sites)
            and all(origin.lower() == ours for origin in origins)
        )
