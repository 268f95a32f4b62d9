"""Texts into a room of Slack, by its incoming webhook; Mattermost and others take the same."""

import json
from dataclasses import dataclass, field

from upheld.gateways.texts import NotTaken, Text, Wire, post_text, shorten

LONGEST = 4000
FOR_EVER = frozenset({400, 403, 404, 410})
"""The webhook was revoked, its room archived, or the text refused: trying again changes nothing."""


@dataclass(frozen=True, slots=True)
class SlackTexter:
    """Posts each text to the webhook that is its address. The address is a secret: no error quotes it."""

    wire: Wire = field(default_factory=Wire)

    def send(self, text: Text) -> None:
        # Slack reads three letters as its own markup; they are written as its documentation asks.
        plain = text.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        body = json.dumps({"text": shorten(plain, LONGEST)}, ensure_ascii=False).encode()
        host, status, said = post_text(text.to, {"content-type": "application/json"}, body, wire=self.wire)
        if not 200 <= status <= 299:
            words = " ".join(said.decode(errors="replace").split())[:200]
            raise NotTaken(f"{host} answered {status}: {words}", for_ever=status in FOR_EVER)
