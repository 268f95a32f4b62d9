"""Mail as files: where no server is named, nothing is sent and nothing is lost."""

import os
from pathlib import Path

from upheld.gateways.mail.letter import Mail, NotTaken, UnfitMail, write_letter

OWNER_ONLY = 0o600


class FolderMailer:
    """Each mail becomes one `.eml` file, which any mail program opens. The same mail twice is one file."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, mail: Mail) -> None:
        try:
            letter = write_letter(mail, self._sender)
        except UnfitMail as wrong:
            raise NotTaken(str(wrong), for_ever=True) from None
        name = str(letter["Message-ID"]).strip("<>").partition("@")[0]
        path = self._folder / f"{name}.eml"
        draft = path.with_suffix(f".{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as file:
                file.write(letter.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as trouble:
            raise NotTaken(f"{path}: {trouble.strerror}") from None
