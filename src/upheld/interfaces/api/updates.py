"""The addresses to which Telegram and a provider of SMS bring what people write. Nobody signs in there; a secret vouches."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from upheld.apps.desk.services import keep_inbound
from upheld.gateways import sms
from upheld.gateways.telegram import MOST_BYTES, SECRET_HEADER, WrongSecret, check_secret
from upheld.interfaces.api.entering import now

log = logging.getLogger("upheld.api")


@csrf_exempt
def take_update(request: HttpRequest) -> HttpResponse:
    """
    Keep an update and say so: 200 only once its bytes are on the disk, else Telegram brings it again.

    It is read later, by the worker. Without the agreed secret nothing is kept, and nothing is told of why.
    """
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    try:
        check_secret(request.headers.get(SECRET_HEADER, ""), settings.UPHELD_TELEGRAM_SECRET)
    except WrongSecret as problem:
        log.warning("an update was refused", extra={"because": str(problem)})
        return HttpResponse(status=403)
    return keep_body(request, "telegram", MOST_BYTES)


@csrf_exempt
def take_sms(request: HttpRequest) -> HttpResponse:
    """Keep an SMS that our provider brings, and say so once it is on the disk; the worker reads it."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    try:
        sms.check_secret(request.headers.get("Authorization", ""), settings.UPHELD_SMS_SECRET)
    except sms.WrongSecret as problem:
        log.warning("an SMS was refused", extra={"because": str(problem)})
        # Providers that know name and password show them only when they are asked.
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="Upheld"'})
    return keep_body(request, "sms", sms.MOST_BYTES)


def keep_body(request: HttpRequest, channel: str, most: int) -> HttpResponse:
    """200 and nothing else: some providers would send on to the writer what is answered here."""
    try:
        body = request.body
    except RequestDataTooBig:
        body = b""
    if not body or len(body) > most:
        # No update is like this; brought again, it would be no other.
        log.error("an update was not kept", extra={"channel": channel, "bytes": len(body)})
        return HttpResponse(status=200)
    keep_inbound(channel=channel, raw=body, received_at=now())
    return HttpResponse(status=200)
