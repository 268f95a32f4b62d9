"""A mailer for tests."""

from upheld.gateways.mail.letter import Mail, NotTaken, UnfitMail, write_letter


class FakeMailer:
    """Keeps what it takes; takes nothing while `refuses` says why."""

    def __init__(self) -> None:
        self.taken: list[Mail] = []
        self.refuses = ""

    def send(self, mail: Mail) -> None:
        if self.refuses:
            raise NotTaken(self.refuses)
        try:
            write_letter(mail, "upheld@example.org")
        except UnfitMail as wrong:
            raise NotTaken(str(wrong), for_ever=True) from None
        self.taken.append(mail)
