"""A provider of OpenID Connect: whom it says somebody is. Authorization code with PKCE (S256), state and nonce.

Nothing is asked of it before somebody wants to sign in with it; what it says is believed only as its keys sign it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

LOG = logging.getLogger(__name__)
PATIENCE = 5.0  # seconds for each answer
SIGNED = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 60  # seconds that clocks may differ


class Unreachable(Exception):
    """The provider does not answer, or not as one."""


class NotBelieved(Exception):
    """What came from the browser or the provider is not what was asked for."""


@dataclass(frozen=True)
class Asked:
    """What a sign-in under way is known by. state: also held by the browser; verifier: of PKCE."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Claimed:
    """Who somebody is to a provider. subject: never changes; name: as they are called there, may be empty."""

    issuer: str
    subject: str
    name: str


@dataclass(frozen=True)
class Provider:
    """issuer: its address, as it says it itself; client, secret: what it knows us by; name: how people call it; back:
    the address of ours to which it sends people back."""

    issuer: str
    client: str
    secret: str
    name: str
    back: str

    def address(self, asked: Asked) -> str:
        """Where somebody is sent to sign in. Raises Unreachable."""
        told, session = self._told(), self._session()
        made, _ = session.create_authorization_url(
            told["authorization_endpoint"], state=asked.state, nonce=asked.nonce, code_verifier=asked.verifier
        )
        return str(made)

    def claimed(self, asked: Asked, code: str) -> Claimed:
        """Whom it says they are, for the code that they brought back. Raises Unreachable, NotBelieved."""
        told = self._told()
        try:
            token = self._session().fetch_token(
                told["token_endpoint"], code=code, code_verifier=asked.verifier, timeout=PATIENCE, allow_redirects=False
            )
        except (AuthlibBaseError, ValueError) as error:
            raise NotBelieved(str(getattr(error, "error", "")) or type(error).__name__) from error
        except requests.RequestException as error:
            raise Unreachable(type(error).__name__) from error
        claims = self._claims(token, asked, told["issuer"], self._got(told["jwks_uri"]))
        return Claimed(self.issuer, str(claims["sub"]), str(claims.get("name") or ""))

    def _claims(self, token: Mapping[str, Any], asked: Asked, issuer: str, keys: Any) -> Mapping[str, Any]:
        """Of the token of identity: signed by its keys, by it, for us, for this sign-in, and not too old."""
        try:
            read = jwt.decode(str(token["id_token"]), KeySet.import_key_set(keys), algorithms=SIGNED)
            params = {"nonce": asked.nonce, "client_id": self.client, "access_token": token.get("access_token")}
            options = {"iss": {"values": [issuer]}, "aud": {"values": [self.client]}}
            claims = CodeIDToken(read.claims, read.header, options, params)
            claims.validate(leeway=LEEWAY)
        except (JoseError, AuthlibBaseError, KeyError, ValueError, TypeError) as error:
            raise NotBelieved(type(error).__name__) from error
        if not claims["sub"] or len(str(claims["sub"])) > 255:
            raise NotBelieved("no subject")
        return dict(claims)

    def _told(self) -> Mapping[str, str]:
        """What it says of itself. It must be who it is said to be, and its addresses as safe as its own."""
        told = self._got(f"{self.issuer}/.well-known/openid-configuration")
        if not isinstance(told, dict) or told.get("issuer", "").rstrip("/") != self.issuer.rstrip("/"):
            raise Unreachable("its description is another's")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if urlsplit(str(told.get(name, ""))).scheme != urlsplit(self.issuer).scheme:
                raise Unreachable(f"no {name}")
        return told

    def _got(self, address: str) -> Any:
        try:
            answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
            answer.raise_for_status()
            return answer.json()
        except (requests.RequestException, ValueError) as error:
            LOG.warning("The provider of sign-ins does not answer: %s", type(error).__name__)
            raise Unreachable(type(error).__name__) from error

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self.client, self.secret or None, scope="openid profile", redirect_uri=self.back,
            code_challenge_method="S256", token_endpoint_auth_method="client_secret_basic" if self.secret else "none",
        )  # fmt: skip
