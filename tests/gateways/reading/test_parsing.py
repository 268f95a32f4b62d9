"""What a mail says, part by part."""

import pytest

from upheld.gateways.reading import Attachment, Ours
from upheld.gateways.reading.parsing import parse_mail

OURS = Ours("mx.example.com", ("example.com",))
OWN = "upheld.0123456789abcdef0123456789abcdef@example.com"


def parse(text: str, **more):
    return parse_mail(text.encode(), OURS, **more)


def of_parts(kind: str, *parts: str) -> str:
    return (
        f"From: a@b.example\nContent-Type: multipart/{kind}; boundary=b\n\n"
        + "".join(f"--b\n{part}\n" for part in parts)
        + "--b--\n"
    )


class TestHtmlAlone:
    PICTURE = "iVBORw0KGgo" * 200_000

    @pytest.mark.parametrize(
        "unseen",
        [
            f"<style>{'p{color:red}' * 60_000}</style>",
            f"<img src='data:image/png;base64,{PICTURE}'>",
            "<!--[if mso]>x<![endif]-->",
        ],
        ids=["styles", "a picture spelled out", "a comment"],
    )
    def test_is_read_past_what_nobody_sees(self, unseen):
        """Whatever stands before the words and however long it is: the words are read, the layout is kept."""
        mail = parse(f"From: a@b.example\nContent-Type: text/html\n\n{unseen}<p>The shop is <b>down</b></p>")

        assert ("The shop is down", True, ()) == (mail.text, "<p>The shop is <b>down</b></p>" in mail.html, mail.doubts)
        assert (0, True) == (mail.remote_pictures, len(mail.html) < 100)

    def test_that_is_too_deep_is_its_words(self):
        """No style and no script is read as if somebody had written it."""
        deep = f"<style>p{{x:y}}</style><script>run()</script>{'<div>' * 200}<p>down</p>"
        mail = parse(f"From: a@b.example\nContent-Type: text/html\n\n{deep}")

        assert ("down", "") == (mail.text, mail.html)

    def test_of_pictures_is_the_words_that_stand_for_them(self):
        """What can be read, read: a mail without any words would look empty."""
        mail = parse("From: a@b.example\nContent-Type: text/html\n\n<img src='https://x.example/y.png' alt='Down since 9'>")

        assert ("[Down since 9]", 1) == (mail.text, mail.remote_pictures)


class TestText:
    def test_is_the_plain_one_where_there_are_two(self):
        """The HTML is kept beside it."""
        mail = parse(of_parts("alternative", "\nplain", "Content-Type: text/html\n\n<p>rich</p>"))

        assert ("plain", "<p>rich</p>") == (mail.text, mail.html)

    @pytest.mark.parametrize("plain", ["", "  \n "])
    def test_is_made_of_html_where_the_plain_one_is_empty(self, plain):
        """Some mailers send an empty alternative."""
        mail = parse(of_parts("alternative", f"\n{plain}", "Content-Type: text/html\n\n<p>rich</p>"))

        assert "rich" == mail.text

    def test_is_all_texts_of_a_mail(self):
        """Text, picture, text: the pieces in their order, the HTML with all of them."""
        mail = parse(of_parts("mixed", "\none <", "Content-Type: image/png\n\nx", "Content-Type: text/html\n\n<p>two</p>"))

        assert ("one <\n\ntwo", "<pre>one &lt;</pre>\n<p>two</p>") == (mail.text, mail.html)

    def test_of_a_named_part_is_an_attachment(self):
        """A log file that is sent along is no part of the message."""
        mail = parse(
            of_parts("mixed", "\nsee", 'Content-Type: text/plain; name="x.log"\nContent-Disposition: attachment\n\nlog')
        )

        assert ("see", (Attachment("x.log", "text/plain", b"log"),)) == (mail.text, mail.attachments)

    @pytest.mark.parametrize(
        ("head", "body", "text"),
        [
            ("format=flowed", "one \ntwo\nthree", "one two\nthree"),
            ("format=flowed; delsp=yes", "ab \ncd", "abcd"),
            ("format=flowed", "> one \n> two\nnew", "> one two\nnew"),
            ("format=flowed", " From here", "From here"),
            ("format=flowed", "one\n-- \nme", "one\n-- \nme"),
            ("charset=x", "one \ntwo", "one \ntwo"),
        ],
    )
    def test_that_flows_is_whole_again(self, head, body, text):
        """RFC 3676: lines broken for the way are joined, paragraphs and signatures are not."""
        assert text == parse(f"Content-Type: text/plain; {head}\n\n{body}").text

    @pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "iso-8859-1", "x-unknown", "undefined", "base64", ""])
    def test_of_utf8_survives_a_wrong_label(self, charset):
        """Declared as something western, unknown, or nothing: what is valid UTF-8 is that."""
        assert "größer" == parse(f"Content-Type: text/plain; charset={charset}\n\ngrößer").text

    def test_has_nothing_that_a_database_refuses(self):
        """No NUL, no half letter, one kind of line end."""
        mail = parse_mail(b"Subject: a\0b\xed\xa0\x80\r\n\r\na\0b\r\nc\rd\xed\xa0\x80", OURS)

        assert "\0" not in mail.subject + mail.text
        assert "ab\nc\nd" == mail.text.encode("ascii", "ignore").decode()


class TestParts:
    @pytest.mark.parametrize(
        "raw",
        [
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfound",
            "Content-Type: multipart/mixed; boundary=b\n\npreamble\n--b  \n\nfound\n--b--\nepilogue",
            "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfound\n--bb\n--b--"[:-9],
            'Content-Type: multipart/mixed; boundary="b c?"\n\n--b c?\n\nfound\n--b c?--',
        ],
    )
    def test_are_found_without_an_end(self, raw):
        """A mail that was cut off, white space behind a delimiter, text before and after."""
        assert parse(raw).text.startswith("found")

    @pytest.mark.parametrize("declared", ["boundary=other", "", 'boundary="'])
    def test_are_found_behind_another_boundary(self, declared):
        """Gateways that rewrite the header forget the body: the line that is one shows itself."""
        body = "--real\nContent-Type: text/plain\n\none\n--real\nContent-Type: image/png\n\nx\n--real--\n"
        mail = parse(f"From: a@b.example\nContent-Type: multipart/mixed; {declared}\n\n{body}")

        assert ("one", ["attachment-1.png"], ()) == (mail.text, [each.name for each in mail.attachments], mail.doubts)

    @pytest.mark.parametrize("kind", ["multipart/mixed", "multipart/mixed; boundary=x", 'multipart/mixed; boundary=""'])
    def test_that_cannot_be_told_apart_are_text(self, kind):
        """No boundary, or one that does not occur: the whole is shown, with a doubt."""
        mail = parse(f"From: a@b.example\nContent-Type: {kind}\n\nIt is down.")

        assert ("It is down.", 1) == (mail.text, len(mail.doubts))

    def test_of_an_unknown_kind_are_kept(self):
        """Bytes as they are, under a name made up."""
        mail = parse(of_parts("mixed", "Content-Type: nonsense\nContent-Transfer-Encoding: x-none\n\n=41"))

        assert [("attachment-1.bin", "application/octet-stream", b"=41")] == [
            (a.name, a.type, a.content) for a in mail.attachments
        ]

    @pytest.mark.parametrize("encoding", ["base64", "BASE64 ", "quoted-printable", "x-uuencode"])
    def test_that_are_torn_give_what_they_have(self, encoding):
        """A torn end loses the end alone."""
        bodies = {"b": "aGVsbG8gd29ybGQ", "q": "hello wo=72ld=", "x": "begin 644 a\n+:&5L;&\\@=V]R;&0\n"}
        raw = of_parts("mixed", f"Content-Type: a/b\nContent-Transfer-Encoding: {encoding}\n\n{bodies[encoding[0].lower()]}")

        assert parse(raw).attachments[0].content.startswith(b"hello wo")

    def test_of_a_forwarded_mail_are_not_ours(self):
        """A mail inside a mail is a file: its headers say nothing about the one around it."""
        inner = (
            "Content-Type: message/rfc822\n\nSubject: in/ner\nAuto-Submitted: auto-replied\nX-Upheld-Loop: example.com\n\nx"
        )
        mail = parse(of_parts("mixed", "\nsee", inner))

        assert (None, None, ["in ner.eml"]) == (mail.automatic, mail.own_loop, [each.name for each in mail.attachments])

    def test_that_are_encrypted_are_named(self):
        """Whoever looks is told why there is no text."""
        mail = parse("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx")

        assert ("smime.p7m", "encrypted") == (mail.attachments[0].name, mail.doubts[-1].split()[3].rstrip(";"))


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/", "attachment-1.bin"),
        ("..", "attachment-1.bin"),
        (".htaccess", "htaccess"),
        ("a\x00b.txt", "ab.txt"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("a<b>|c?.txt", "a_b__c_.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("a  b\t.txt ", "a b .txt"),
        ("cafe\u0301.txt", "café.txt"),
    ],
)
def test_names_of_files_are_safe(written, safe):
    """No path, no device, no hidden ending, no more than a file system takes."""
    raw = b"Content-Type: application/x\nContent-Disposition: attachment;\n filename*=utf-8''"
    mail = parse_mail(raw + b"".join(b"%%%02X" % byte for byte in written.encode()) + b"\n\nx", OURS)

    assert [safe] == [each.name for each in mail.attachments]


class TestBounce:
    def test_of_a_server_that_knows_no_report(self):
        """Exim and qmail quote the header of what they return: our id is found in the text."""
        copy = f"--- below is a copy\nMessage-ID: <{OWN}>\nSubject: x\n"

        bounce = parse(f"Return-Path: <>\nFrom: MAILER-DAEMON@x.example\n\nSorry.\n{copy}").bounce

        assert bounce is not None
        assert ((OWN,), True) == (bounce.of, bounce.is_final)

    def test_that_is_only_late(self):
        """A delay is no failure: the server still tries."""
        fields = "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1\n"
        status = f"Content-Type: message/delivery-status\n\n{fields}"
        raw = of_parts("report; report-type=delivery-status", "\nlate", status)

        bounce = parse(raw).bounce

        assert bounce is not None
        assert (False, "delayed", "4.4.1", ("a@b.example",)) == (
            bounce.is_final,
            bounce.action,
            bounce.status,
            bounce.recipients,
        )

    def test_of_other_peoples_mail_is_of_none_of_ours(self):
        """Somebody used our address: there is nothing to find among our mails."""
        bounce = parse("From: mailer-daemon@x.example\nIn-Reply-To: <1@x.example>\n\nfailed\n").bounce

        assert bounce is not None
        assert () == bounce.of

    def test_is_not_every_report(self):
        """A receipt that a person read a mail is automatic, and no bounce."""
        mail = parse(of_parts("report; report-type=disposition-notification", "\nread"))

        assert (None, True) == (mail.bounce, "disposition-notification" in str(mail.automatic))

    @pytest.mark.parametrize(("path", "is_machine"), [("", True), ("a@b.example", False), (None, False)])
    def test_path_of_the_envelope_counts(self, path, is_machine):
        """What our own server was told is better than what the mail says of itself."""
        assert is_machine == (parse("From: a@b.example\n\nx", envelope_from=path).automatic is not None)


class TestAutomatic:
    @pytest.mark.parametrize(
        ("field", "is_machine"),
        [
            ("X-Mailer: Apple Mail", False),
            ("X-Mailer: vacation 1.2.7", True),
            ("X-MS-Exchange-Inbox-Rules-Loop: anna@example.org", True),
            ("X-Other: 1", False),
        ],
    )
    @pytest.mark.parametrize("subject", ["Automatic reply: away", "Abwesenheitsnotiz", "自動返信", "Автоответ"])
    def test_an_absence_needs_a_header_too(self, subject, field, is_machine):
        """People also write subjects such as these; a header that only machines write decides."""
        assert is_machine == (parse(f"From: a@b.example\nSubject: {subject}\n{field}\n\nx").automatic is not None)


@pytest.mark.parametrize(
    ("fields", "is_only_listed"),
    [
        ("List-Id: <it.example.org>", True),
        ("List-Id: <it.example.org>\nPrecedence: list", True),
        ("List-Id: <it.example.org>\nPrecedence: bulk", False),
        ("List-Id: <it.example.org>\nAuto-Submitted: auto-replied", False),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", True),
        ("X-Auto-Response-Suppress: All\nSubject: Automatic reply: away", False),
        ("Auto-Submitted: no\nAuto-Submitted: auto-replied", False),
        ("Precedence: first-class\nPrecedence: junk", False),
    ],
)
def test_a_list_may_pass_on_what_a_person_wrote(fields, is_only_listed):
    """
    A company's shared address is a list to its server, and Exchange asks for silence on people's mails: no machine answers
    them, yet they are somebody's word.
    """
    mail = parse(f"From: a@b.example\n{fields}\n\nIt is down.")

    assert (True, is_only_listed) == (mail.automatic is not None, mail.is_only_listed)


def test_a_sender_is_found_somewhere():
    """Without From: Sender, or the return path; with a doubt."""
    mail = parse("Sender: anna@example.org\nSubject: x\n\ny")

    assert ("anna@example.org", True) == (mail.sender.address, "From holds no address" in mail.doubts)


class TestDoubts:
    """What somebody who reads the ticket must know: each in a sentence, and none of a mail that is well."""

    @pytest.mark.parametrize(
        ("charset", "content", "text", "doubt"),
        [
            ("utf-8", b"gr\xf6\xdfer", "größer", "the character set was guessed, for the named one (utf-8) does not fit"),
            ("", b"gr\xf6\xdfer", "größer", "the character set was guessed, for none is named"),
            ("us-ascii", b"gr\xf6\xdfer", "größer", "the character set was guessed, for the named one (us-ascii)"),
            ("x-made-up", b"gr\xf6\xdfer", "größer", "the character set was guessed, for the named one (x-made-up)"),
            ("euc-jp", b"\xff a", "\ufffd a", "some bytes are no letters of the named character set (euc-jp)"),
            ("iso-8859-1", b"gr\xf6\xdfer", "größer", None),
            ("utf-8", "größ".encode()[:-1], "grö", None),
            ("x-made-up", "größer".encode(), "größer", None),
        ],
    )
    def test_about_letters(self, charset, content, text, doubt):
        """A guess is told, and so is what could not be read; what can hardly be meant otherwise is no guess."""
        mail = parse_mail(f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\n".encode() + content, OURS)

        assert (text, doubt is not None) == (mail.text, bool(mail.doubts))
        assert doubt is None or mail.doubts[0].startswith(doubt)

    @pytest.mark.parametrize(
        ("body", "is_damaged"),
        [("aGVsbG8=", False), ("aGVs\n bG8=\n\n", False), ("aGVsbG8", True), ("aGVsbG8=\n_____\nlist", True)],
    )
    @pytest.mark.parametrize(("kind", "what"), [("text/plain", "the text"), ("a/b; name=x.pdf", "the file x.pdf")])
    def test_about_damage(self, kind, what, body, is_damaged):
        """A torn file, or one that a list wrote below, is named: nobody takes the piece for the whole."""
        mail = parse(f"From: a@b.example\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n\n{body}")

        assert [f"{what} came damaged; as much of it as could be read is here"] * is_damaged == list(mail.doubts)

    @pytest.mark.parametrize(
        ("head", "doubt"),
        [
            ('From: "ann@acorn.example" <eve@b.example>', "its sender is eve@b.example and is called ann@acorn.example"),
            ('From: "eve@b.example" <Eve@b.example>', None),
            ("From: eve@b.example\nReply-To: x@c.example", "it wants answers sent to x@c.example; they go to its sender"),
            ("From: eve@b.example\nReply-To: x@c.example, Eve@b.example", None),
        ],
    )
    def test_about_who_it_is(self, head, doubt):
        """A name that is somebody else's address, answers that would go elsewhere: a reader looks twice."""
        assert ([doubt] if doubt else []) == list(parse(f"{head}\n\nx").doubts)

    @pytest.mark.parametrize(
        ("head", "body", "what"),
        [
            ("text/plain", "-----BEGIN PGP MESSAGE-----\nhQEM\n-----END PGP MESSAGE-----", "the mail is encrypted"),
            ("application/ms-tnef; name=winmail.dat", "x", "the mail came packed by Outlook"),
        ],
    )
    def test_about_what_is_locked(self, head, body, what):
        """Whoever looks is told why the words are not here."""
        [doubt] = parse(f"From: a@b.example\nContent-Type: {head}\n\n{body}").doubts

        assert what == doubt.partition(";")[0].partition(" (")[0]

    @pytest.mark.parametrize(("end", "is_torn"), [("--b--\n", False), ("--b--", False), ("", True)])
    def test_about_an_end_that_is_missing(self, end, is_torn):
        """The way ate the rest of the mail."""
        raw = f"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nIt is down.\n{end}"

        assert is_torn == ("the mail ends before its last part does; something may be missing" in parse(raw).doubts)
