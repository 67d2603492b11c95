"""The certificate that a subscription says its receiver will show: no other one is talked to.

The authorities have no say then, and neither has the name in the URL: whoever holds this certificate's key is meant.
"""

import base64
import hashlib
import ssl
from typing import Any

from urllib3.util.ssl_ import create_urllib3_context


def only(certificate: str) -> dict[str, Any]:
    """What makes a TLS pool of urllib3 take this certificate and no other. It must be within its dates.

    `certificate` is base64 of DER or PEM. Raises ValueError or ssl.SSLError for what is none.
    """
    der = read(certificate)
    context = create_urllib3_context()
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # so that it need not be an authority's own
    context.load_verify_locations(cadata=der)
    return {"ssl_context": context, "assert_hostname": False, "assert_fingerprint": hashlib.sha256(der).hexdigest()}


def read(certificate: str) -> bytes:
    """The certificate as DER. Raises ValueError (binascii.Error among them) or ssl.SSLError for what is none."""
    found = base64.b64decode("".join(certificate.split()), validate=True)
    return ssl.PEM_cert_to_DER_cert(found.decode("ascii").strip()) if found.startswith(b"-----BEGIN") else found
