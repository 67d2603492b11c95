"""For whom a sender may speak."""

import pytest

from chalicelib.inbox import may_speak_for
from chalicelib.inbox.public_providers import PUBLIC_PROVIDERS, public_provider


def test_a_person_may_speak_for_themselves_in_any_case() -> None:
    assert may_speak_for("Maria@Gmail.com", "maria@gmail.COM")


def test_colleagues_may_speak_for_each_other() -> None:
    assert may_speak_for("sam@keller-voip.example", "maria@Keller-VoIP.example")


@pytest.mark.parametrize(
    "domain",
    ["gmail.com", "outlook.com", "hotmail.co.uk", "yahoo.com.br", "gmx.de", "qq.com", "proton.me", "t-online.de",
     "mail.ru", "icloud.com", "maine.rr.com"],
)  # fmt: skip
def test_strangers_at_a_public_provider_may_not(domain: str) -> None:
    assert not may_speak_for(f"eve@{domain}", f"maria@{domain}")


@pytest.mark.parametrize(
    ("sender", "subscribed"),
    [
        ("maria@evil.example", "maria@keller-voip.example"),
        ("maria@sub.keller-voip.example", "maria@keller-voip.example"),
        ("maria@xkeller-voip.example", "maria@keller-voip.example"),
        ("@keller-voip.example", "maria@keller-voip.example"),
        ("maria", "maria"),
        ("", ""),
    ],
)
def test_another_domain_may_not(sender: str, subscribed: str) -> None:
    assert not may_speak_for(sender, subscribed)


def test_a_house_whose_name_begins_like_a_provider_is_a_house() -> None:
    assert not public_provider("yahoo.keller-voip.example")
    assert not public_provider("mail.keller-voip.example")


def test_the_providers_are_spelled_as_domains_are_compared() -> None:
    assert {domain for domain in PUBLIC_PROVIDERS if domain != domain.strip().lower() or "." not in domain} == set()
