"""The address to which Telegram brings what people write to our bot. Nobody signs in there; a secret vouches for it."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from upheld.apps.desk.services import keep_inbound
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
    try:
        body = request.body
    except RequestDataTooBig:
        body = b""
    if not body or len(body) > MOST_BYTES:
        # No update is like this; brought again, it would be no other.
        log.error("an update was not kept", extra={"bytes": len(body)})
        return HttpResponse(status=200)
    keep_inbound(channel="telegram", raw=body, received_at=now())
    return HttpResponse(status=200)
