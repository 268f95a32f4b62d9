"""Chats of other services that belong to somebody of a customer's, and the codes by which they say so."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q

from upheld.apps.parties.models import User


class Chat(models.Model):
    """A chat with our bot whose owner showed that they are this person. `number` is Telegram's."""

    number = models.BigIntegerField(unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="chats")
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "desk_chat"


class ChatCode(models.Model):
    """The code that a person was shown to link a chat: good once, for a while, and only the latest."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="chat_code")
    digest = models.CharField(max_length=64, unique=True)
    until_at = models.DateTimeField()

    class Meta:
        db_table = "desk_chat_code"
        constraints: ClassVar = [CheckConstraint(condition=~Q(digest=""), name="a_chat_code_has_its_digest")]
