"""The addresses of this machine, those that phones can reach first."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

import ifaddr

VIRTUAL = re.compile(
    r"^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|podman|tun|tap|utun|tailscale|zt|wg|awdl|llw|bridge)"
    r"|virtual|vmware|hyper-v|vethernet|wsl|loopback|tunnel",
    re.IGNORECASE,
)
EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - recognised, not bound


@dataclass(frozen=True, slots=True)
class Address:
    """One address of one adapter."""

    ip: str
    adapter: str
    worth: int

    def url(self, port: int) -> str:
        """Write the address as the beginning of a link."""
        host = f"[{self.ip}]" if ":" in self.ip else self.ip
        return f"http://{host}" if port == 80 else f"http://{host}:{port}"


def _worth(ip: ipaddress.IPv4Address, adapter: str) -> int:
    if ip.is_loopback:
        return 4
    if ip.is_link_local:
        return 3
    if VIRTUAL.search(adapter):
        return 2
    return 0 if ip.is_private else 1


def reachable(host: str) -> list[Address]:
    """List the addresses at which a server on this host answers, best first."""
    if host not in EVERYWHERE:
        return [Address(host, "", 0)]
    found = [
        Address(str(ip.ip), adapter.nice_name, _worth(ipaddress.IPv4Address(ip.ip), adapter.nice_name))
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
        if ip.is_IPv4
    ]
    return sorted(found, key=lambda address: address.worth) or [Address("127.0.0.1", "", 4)]
