"""Which network addresses servers that others name may have."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address

METADATA_ADDRESSES = frozenset({"100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254"})
CARRIER_GRADE = IPv4Network("100.64.0.0/10")


def may_connect(address: str | IPv4Address | IPv6Address, *, allow_private: bool) -> bool:
    """Whether a connection to this IP address is allowed; it is the address that counts, whatever name led to it."""
    found = unwrapped(ip_address(address))
    if str(found) in METADATA_ADDRESSES or found.is_link_local or found.is_multicast or found.is_unspecified:
        return False
    if found.is_global:
        return True
    reserved = isinstance(found, IPv4Address) and found.is_reserved
    shared = isinstance(found, IPv4Address) and found in CARRIER_GRADE
    return allow_private and not reserved and (found.is_loopback or found.is_private or shared)


def unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside a mapped, 6to4 or NAT64 address; any other as it is."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address.packed.startswith(bytes.fromhex("0064ff9b") + bytes(8)):
        inner = IPv4Address(address.packed[-4:])
    return inner or address
