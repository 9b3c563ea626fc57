"""Letters: written into the outbox of the data folder, taken from there by a server of mail where one is named.

What could not be delivered stays in the outbox and is tried again with the next letter, or by `people mail`. A letter
that the server refuses for good is put aside under another ending, and those behind it go.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit
from uuid import uuid4

LOG = logging.getLogger(__name__)
PATIENCE = 10.0  # seconds
REFUSED, PERMANENT = ".refused", 500  # of files; codes of SMTP from which on an answer is for good
OF_ONE = (  # what is wrong with one letter, not with the server
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
)


@dataclass(frozen=True)
class Post:
    """outbox: folder; server: `smtp://user:password@host:port` or `smtps://`, empty for none; sender: of letters."""

    outbox: Path
    server: str
    sender: str

    def send(self, to: str, subject: str, text: str) -> Path:
        """Writes a letter, and takes it along with all that wait where a server is named; its file."""
        file = self._written(to, subject, text)
        self._tried()
        return file

    def send_all(self, letters: Iterable[tuple[str, str, str]]) -> None:
        """Writes letters (to, subject, text), and takes them along beside what follows: servers of mail may be slow.
        Raises OSError where one cannot be written."""
        for letter in letters:
            self._written(*letter)
        if self.server:
            Thread(target=self._tried, name="letters", daemon=True).start()

    def _written(self, to: str, subject: str, text: str) -> Path:
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = self.sender, to, subject
        letter["Date"], letter["Auto-Submitted"] = format_datetime(datetime.now(UTC)), "auto-generated"
        letter.set_content(text)
        self.outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self.outbox / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}.eml"
        draft = file.with_suffix(".part")
        draft.touch(0o600)
        draft.write_bytes(letter.as_bytes())
        draft.rename(file)
        return file

    def _tried(self) -> None:
        with suppress(OSError, smtplib.SMTPException):  # what is left goes with the next letter
            self.deliver()

    def waiting(self) -> list[Path]:
        """Letters in the outbox, oldest first."""
        return sorted(self.outbox.glob("*.eml"))

    def refused(self) -> list[Path]:
        """Letters that the server of mail refused for good, oldest first."""
        return sorted(self.outbox.glob(f"*{REFUSED}"))

    def forget(self, to: str) -> None:
        """Takes away every letter to an address that did not go yet, whatever its case."""
        for file in self.outbox.glob("*.*"):
            with suppress(FileNotFoundError):
                if str(_read(file)["To"]).strip().lower() == to.strip().lower():
                    file.unlink()

    def deliver(self) -> int:
        """How many letters went. Raises OSError or SMTPException where the server cannot be reached; the log says so
        without addresses."""
        letters = self.waiting() if self.server else []
        if not letters:
            return 0
        try:
            with _connected(self.server) as server:
                went = sum(_delivered(server, file) for file in letters)
        except (OSError, smtplib.SMTPException) as error:
            LOG.warning("Letters wait in the outbox: the server of mail does not take them (%s).", type(error).__name__)
            raise
        return went


def _connected(address: str) -> smtplib.SMTP:
    parts = urlsplit(address)
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=PATIENCE)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls()
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _read(file: Path) -> EmailMessage:
    from email import message_from_bytes, policy

    return message_from_bytes(file.read_bytes(), policy=policy.default)


def _delivered(server: smtplib.SMTP, file: Path) -> bool:
    """Whether one letter went; by one process alone, as it is renamed for the time being."""
    taken = file.with_suffix(".going")
    try:
        file.rename(taken)
    except FileNotFoundError:
        return False
    try:
        server.send_message(_read(taken))
    except OF_ONE as error:
        for_good = _for_good(error)
        LOG.warning("The server of mail refuses a letter%s: %s.", " for good" if for_good else "", type(error).__name__)
        taken.rename(file.with_suffix(REFUSED) if for_good else file)
        return False
    except (OSError, smtplib.SMTPException):
        taken.rename(file)
        raise
    taken.unlink()
    return True


def _for_good(error: Exception) -> bool:
    """Whether a letter need not be tried again. A sender that is refused is for the operator to put right."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= PERMANENT
    return isinstance(error, smtplib.SMTPNotSupportedError)
