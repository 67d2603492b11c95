"""Telling by callback: one signed POST, and what its answer means. How it gets there is for egress.py."""

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import responses
from time import perf_counter

from requests import RequestException
from requests.exceptions import SSLError
from urllib3.exceptions import HTTPError

from chalicelib import __version__
from chalicelib.domain.delivery import RESPONSE_SHOWN, Attempt, CallbackRequest, Outcome
from chalicelib.notify.egress import Answer, Egress
from chalicelib.notify.guard import AddressRefused
from chalicelib.notify.signature import sign

UNREACHED = "could not be reached"
"""The reason for whatever kept an answer from coming: that it is the same makes Docket no port scanner."""

UNTRUSTED = "TLS could not be agreed on"
"""The reason when the certificate, or the protocol, was not what it must be."""

_PHRASE_SHOWN = 60
_LONGEST_WAIT = 366 * 86_400.0


class CallbackSender:
    """Sends callbacks. It may be used by many threads at once."""

    def __init__(self, egress: Egress, *, now: Callable[[], datetime]) -> None:
        """The way out, and the clock."""
        self._egress = egress
        self._now = now

    def send(self, request: CallbackRequest) -> Attempt:
        """One attempt, within egress.EXCHANGE_SECONDS. Whatever a receiver does is an Attempt, no exception.

        2xx: told. 410: gone. Everything else is not told: a redirect is not followed, and a challenge is not
        answered, since the credentials went with the first request. What our own policy forbids is refused.
        """
        at, started = self._now(), perf_counter()
        answer: Answer | None = None
        try:
            headers = _headers(request, int(at.timestamp()))
            answer = self._egress.post(request.url, request.body, headers, certificate=request.certificate)
        except AddressRefused:
            outcome, reason = Outcome.REFUSED, UNREACHED
        except SSLError:
            outcome, reason = Outcome.NOT_TOLD, UNTRUSTED
        except (RequestException, HTTPError, OSError):
            outcome, reason = Outcome.NOT_TOLD, UNREACHED
        else:
            outcome, reason = _outcome(answer.status), _reason(answer)
        return Attempt(
            at=at,
            outcome=outcome,
            milliseconds=round((perf_counter() - started) * 1000),
            reason=reason,
            status=answer.status if answer else None,
            retry_after=_retry_after(answer.headers, at) if answer and outcome is Outcome.NOT_TOLD else None,
        )


def _headers(request: CallbackRequest, timestamp: int) -> dict[str, str]:
    headers = dict(request.headers) | {
        "Content-Type": request.content_type,
        "User-Agent": f"Docket/{__version__}",
        "webhook-id": request.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(request.secret, request.message_id, timestamp, request.body),
    }
    if request.username is not None:
        credentials = f"{request.username}:{request.password or ''}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(credentials).decode()}"
    return headers


def _outcome(status: int) -> Outcome:
    if status == HTTPStatus.GONE:
        return Outcome.GONE
    return Outcome.TOLD if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES else Outcome.NOT_TOLD


def _reason(answer: Answer) -> str:
    """The status as the receiver put it, and the beginning of what it said to a failure."""
    phrase = _clean(answer.phrase, _PHRASE_SHOWN) or responses.get(answer.status, "")
    start = f"{answer.status} {phrase}".strip()
    readable = answer.headers.get("Content-Encoding", "identity").lower() == "identity"
    if _outcome(answer.status) is Outcome.TOLD or not readable:
        return start
    said = _clean(answer.body.decode(errors="replace"), RESPONSE_SHOWN)
    return f"{start}: {said}" if said else start


def _clean(text: str, length: int) -> str:
    """The text on one line, without what cannot be printed, cut to a length."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:length]


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that the receiver asks us to wait (RFC 9110, section 10.2.3): a number, or until a date."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return min(float(asked), _LONGEST_WAIT)
    try:
        date = parsedate_to_datetime(asked)
    except (ValueError, OverflowError):
        return None
    wait = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    return min(max(wait.total_seconds(), 0.0), _LONGEST_WAIT)
