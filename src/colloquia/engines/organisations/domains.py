"""Domains of mail and sites, and what they can tell about a body."""

from __future__ import annotations

import re
from functools import cache

from colloquia.engines.organisations.words import DATA, read_sections

_ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]*://)?(?:[^/@]*@)?(?:www\d?\.)?([^/:?#\s>]+)")


@cache
def _lists() -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    generic = read_sections(DATA / "generic_mail_domains.txt")[""]
    suffixes = read_sections(DATA / "public_suffixes.txt")
    return frozenset(generic), {heading: frozenset(held) for heading, held in suffixes.items()}


@cache
def own_domain(stated: str) -> str:
    """The domain that an address names, in lower case; "" where it is open to everybody or is no domain."""
    found = _ADDRESS.match(stated.strip().lower())
    domain = found[1].strip(".") if found else ""
    if "." not in domain or ".." in domain:
        return ""
    generic, suffixes = _lists()
    if domain in generic or domain in suffixes["host"] or registered(domain) in generic:
        return ""
    return domain if domain != registered_suffix(domain) else ""


@cache
def registered(domain: str) -> str:
    """The part of a domain that somebody registered: ``law.acme.ac.uk`` gives ``acme.ac.uk``."""
    suffix = registered_suffix(domain)
    rest = domain[: -len(suffix) - 1] if domain != suffix else ""
    return f"{rest.rsplit('.', 1)[-1]}.{suffix}" if rest else domain


def registered_suffix(domain: str) -> str:
    """What many bodies share at the end of a domain: ``ac.uk``, ``org``, ``wordpress.com``."""
    _, suffixes = _lists()
    labels = domain.split(".")
    if ".".join(labels[-2:]) in suffixes["host"]:
        return ".".join(labels[-2:])
    known = suffixes["second"] if len(labels) > 2 else suffixes["bare"] | suffixes["state"]
    if len(labels[-1]) == 2 and labels[-2] in known:
        return ".".join(labels[-2:])
    return labels[-1]


@cache
def is_shared_by_parts(domain: str) -> bool:
    """Whether a domain is a school's or a state's, from which many different bodies write."""
    _, suffixes = _lists()
    return bool(set(domain.split(".")[-2:]) & (suffixes["academic"] | suffixes["state"]))


def label(domain: str) -> str:
    """The name in a domain: ``acme`` of ``mail.acme.co.uk``."""
    return registered(domain).split(".", 1)[0].replace("-", "")
