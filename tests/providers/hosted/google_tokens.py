"""Google's token service, as a service account asks it.

Follows https://developers.google.com/identity/protocols/oauth2/service-account (HTTP/REST) and
RFC 7523: a signed JWT is exchanged for an access token that lives one hour.
"""

import base64
import json
import time
from typing import ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from stand_ins.answers import Answer, Refused
from stand_ins.server import StandIn

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SCOPE = "https://www.googleapis.com/auth/cloud-platform"
AUDIENCE = "https://oauth2.googleapis.com/token"  # as documented, wherever the service is
LIFE = 3600  # seconds


class GoogleTokensStandIn(StandIn):
    """`POST /token`. The tokens are token-1, token-2, …; `minted` says how many there are."""

    provider = "google-tokens"
    routes: ClassVar = (("POST", "/token", "grant"),)

    def __init__(self, **options):
        super().__init__(**options)
        self.minted = 0
        self.email = "embedder@a-project.iam.gserviceaccount.com"
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def service_account(self):
        """Return what stands in the key file of a service account whose tokens come from here."""
        pem = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return {
            "type": "service_account",
            "project_id": "a-project",
            "private_key_id": "1",
            "private_key": pem.decode(),
            "client_email": self.email,
            "client_id": "1",
            "token_uri": f"{self.address}/token",
        }

    def check_key(self, call):
        """Let everybody ask: who it is stands in the body."""

    def refusal(self, status, message, field="body"):
        return Refused(400, {"error": "invalid_grant", "error_description": message})

    def grant(self, call, match):
        fields = {part.name: part.data.decode() for part in call.parts or ()}
        if fields.keys() != {"grant_type", "assertion"} or fields["grant_type"] != GRANT:
            raise Refused(400, {"error": "unsupported_grant_type"})
        claims = self._claims(fields["assertion"])
        wanted = {"iss": self.email, "scope": SCOPE, "aud": AUDIENCE}
        if any(claims.get(name) != value for name, value in wanted.items()):
            raise self.refusal(400, "Invalid JWT: a claim is wrong.")
        if not claims["iat"] - 60 <= time.time() <= claims["exp"] <= claims["iat"] + LIFE:
            raise self.refusal(400, "Invalid JWT: Token must be a short-lived token.")
        with self._lock:
            self.minted += 1
            token = f"token-{self.minted}"
        return Answer(200, {"access_token": token, "expires_in": LIFE - 1, "token_type": "Bearer"})

    def _claims(self, assertion):
        try:
            head, claims, signature = (_decoded(part) for part in assertion.split("."))
            signed = assertion.rpartition(".")[0].encode()
            self._key.public_key().verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        except (ValueError, InvalidSignature):
            raise self.refusal(400, "Invalid JWT Signature.") from None
        if json.loads(head)["alg"] != "RS256":
            raise self.refusal(400, "Invalid JWT: the algorithm is not RS256.")
        return json.loads(claims)


def _decoded(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
