"""What is new in a text, and what is the quoted rest below it. In doubt nothing is cut."""

import re

HEADS = {
    "from": "from|von|de|van|från|fra|da|od|lähettäjä|nuo|no|saatja|от|від|差出人|发件人|寄件者|보낸사람",
    "sent": "sent|gesendet|envoyé|enviado|verzonden|skickat|sendt|inviato|wysłano|lähetetty|išsiųsta|nosūtīts|saadetud|"
    "отправлено|надіслано|送信日時|发送时间|寄件日期|date|datum|fecha|data|dato|дата|日期|보낸날짜",
    "to": "to|an|à|para|aan|till|til|a|do|vastaanottaja|kam|kellele|кому|宛先|收件人|받는사람",
    "subject": "subject|betreff|objet|asunto|assunto|onderwerp|ämne|emne|oggetto|temat|aihe|tema|temats|teema|"
    "тема|件名|主题|主旨|제목",
}
HEAD = re.compile(
    r"[\s>*]{0,10}(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in HEADS.items()) + r")\s?\*{0,2}\s?[:：]",
    re.IGNORECASE,
)
WROTE = re.compile(
    r"(?:wrote|writes|schrieb|a écrit|escribió|escreveu|schreef|skrev|ha scritto|napisał\w*|kirjoitti|rašė|rakstīja|"
    r"kirjutas|написал\w*|пише|пишет|写道|寫道|のメッセージ|님이 작성)\b.{0,120}[:：]\s*$|[:：]\s*$",
    re.IGNORECASE,
)
STAMP = re.compile(r"\d{1,4}[./:-]\d{1,2}|\d{4}|@")
OPENER = re.compile(r"\s*(?:(?:on|am|le|el|op|il|em|den|dnia|w dniu)\b|\d{1,4}[-./ ]\d)", re.IGNORECASE)
RULED = re.compile(r"\s*(?:-{2,}\s?[^-\n]{4,60}\s?-{2,}|_{10,})\s*$")
FORWARD = re.compile(
    r"\s*(?:\[[^\]]{1,40}\]\s*)*(?:fwd?|wg|tr|rv|doorst|vs|vb|pd|enc|i|转发|轉寄|пересл)\s*[:：]", re.IGNORECASE
)
LONGEST_ATTRIBUTION = 3


def cut_quoted_rest(text: str, subject: str = "") -> str:
    """
    The text down to where only quotation follows; the whole text where that is not plain to see.

    Answers between quoted lines, or below them, leave the text whole. A forwarded mail is whole: what it forwards is what
    it has to say.
    """
    if FORWARD.match(subject):
        return text
    lines = text.split("\n")
    cut_at = min(find_headed(lines), find_marked(lines))
    kept = "\n".join(lines[:cut_at]).rstrip().lstrip("\n")
    return kept if kept.strip() else text


def find_headed(lines: list[str]) -> int:
    """Where a quoted mail with its From, Sent, To and Subject begins, as Outlook puts it; else the end."""
    for at, line in enumerate(lines):
        if not HEAD.match(line):
            continue
        kinds = {head.lastgroup for near in lines[at : at + 7] if (head := HEAD.match(near))}
        if "from" in kinds and len(kinds) >= 3:
            above = at
            while above and (not lines[above - 1].strip() or RULED.match(lines[above - 1])):
                above -= 1
            return above
    return len(lines)


def find_marked(lines: list[str]) -> int:
    """Where the last run of `>` lines begins, with who wrote them, if nothing of one's own follows; else the end."""
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith(">")):
        at -= 1
    if not any(line.lstrip().startswith(">") for line in lines[at:]):
        return len(lines)
    for count in range(1, min(at, LONGEST_ATTRIBUTION) + 1):
        written = " ".join(line.strip() for line in lines[at - count : at])
        if WROTE.search(written) and STAMP.search(written):
            return at - extend_attribution(lines[:at], count)
    return at


def extend_attribution(lines: list[str], count: int) -> int:
    """How many of the last lines say who wrote: those found, and the ones above on which the sentence began."""
    while count < min(len(lines) - 1, LONGEST_ATTRIBUTION):
        first, above = lines[-count], lines[-count - 1]
        if OPENER.match(first) or not (OPENER.match(above) and STAMP.search(above)):
            return count
        count += 1
    return count
