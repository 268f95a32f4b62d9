"""Words of many languages, and how mailers wrap them into headers and bodies."""

import base64
import quopri
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language with the sets in which its mailers write, what they put before a quotation, and words."""

    charsets: tuple[str, ...]
    attribution: str
    heads: tuple[str, str, str, str]
    words: tuple[str, ...]
    names: tuple[str, ...]
    absence: str


def tongue(charsets: str, attribution: str, heads: str, words: str, names: str, absence: str) -> Tongue:
    first, second, third, fourth = heads.split()
    return Tongue(
        tuple(charsets.split()),
        attribution,
        (first, second, third, fourth),
        tuple(words.split()),
        tuple(names.split("|")),
        absence,
    )


TONGUES = (
    tongue(
        "utf-8 us-ascii iso-8859-1 windows-1252",
        "On Tue, Feb 3, 2026 at 9:{m} AM {who} <{at}> wrote:",
        "From Sent To Subject",
        "the site is down again since noon please look at it our users cannot sign in and orders are lost thanks",
        "Anna Smith|Bob Jones|Mary O'Neil",
        "Automatic reply: holidays",
    ),
    tongue(
        "utf-8 iso-8859-1 iso-8859-15 windows-1252",
        "Am 03.02.2026 um 09:{m} schrieb {who} <{at}>:",
        "Von Gesendet An Betreff",
        "die Seite lädt nicht größer schön Straße bitte prüfen Sie es wäre nötig für München",
        "Jürgen Müller|Käthe Weiß|Anja Groß",
        "Abwesenheitsnotiz: Urlaub",
    ),
    tongue(
        "utf-8 iso-8859-1 iso-8859-15 windows-1252",
        "Le mar. 3 févr. 2026 à 09:{m}, {who} <{at}> a écrit :",
        "De Envoyé À Objet",
        "le service est très lent depuis hier où êtes-vous déjà désolé élève français",
        "François Lefèvre|Zoé Benoît",
        "Réponse automatique : congés",
    ),
    tongue(
        "utf-8 koi8-r windows-1251 iso-8859-5",
        "3 февраля 2026 г., 09:{m}, {who} <{at}> написал:",
        "От Отправлено Кому Тема",
        "сайт не работает с утра проверьте пожалуйста мы теряем заказы спасибо сервер база ошибка",
        "Иван Петров|Мария Сидорова",
        "Автоответ: отпуск",
    ),
    tongue(
        "utf-8 shift_jis iso-2022-jp euc-jp",
        "2026年2月3日(火) 9:{m} {who} <{at}>:",
        "差出人 送信日時 宛先 件名",
        "サイトが表示 されません 確認を お願い します 注文が できない 障害 です 至急",
        "山田太郎|鈴木花子",
        "自動返信 休暇",
    ),
    tongue(
        "utf-8 gb2312 gbk gb18030",
        "{who} <{at}> 于2026年2月3日周二 09:{m}写道：",
        "发件人 发送时间 收件人 主题",
        "网站 无法 访问 请 尽快 检查 服务器 错误 谢谢 用户 不能 登录",
        "王小明|李雷",
        "自动回复 休假",
    ),
    tongue(
        "utf-8 iso-8859-2 windows-1250",
        "W dniu 03.02.2026 o 09:{m}, {who} <{at}> napisał:",
        "Od Wysłano Do Temat",
        "strona nie działa proszę sprawdzić błąd łączenia żółw źródło dziękuję",
        "Łukasz Wójcik|Żaneta Ćwik",
        "Odpowiedź automatyczna: urlop",
    ),
    tongue(
        "utf-8 iso-8859-13 windows-1257",
        "2026-02-03 09:{m}, {who} <{at}> rašė:",
        "Nuo Išsiųsta Kam Tema",
        "svetainė neveikia prašome patikrinti klaida užsakymai dingsta ačiū žmonės šiandien",
        "Jonas Šimkus|Ąžuolas Žukas",
        "Automatinis atsakymas: atostogos",
    ),
    tongue(
        "utf-8 euc-kr ks_c_5601-1987",
        "2026년 2월 3일 (화) 오전 9:{m}, {who} <{at}>님이 작성:",
        "보낸사람 보낸날짜 받는사람 제목",
        "사이트가 열리지 않습니다 확인 부탁 드립니다 주문 오류 감사합니다",
        "김철수|이영희",
        "Automatic reply: 휴가",
    ),
)


def write_sentence(chance: Random, tongue: Tongue, least: int = 3, most: int = 12) -> str:
    return " ".join(chance.choice(tongue.words) for _ in range(chance.randint(least, most)))


def choose_charset(chance: Random, tongue: Tongue, text: str) -> str:
    """One of the language's sets in which the text can be written."""
    fit = [charset for charset in tongue.charsets if is_writable(text, charset)]
    return chance.choice(fit or ["utf-8"])


def is_writable(text: str, charset: str) -> bool:
    try:
        return text.encode(charset).decode(charset) == text
    except UnicodeError:
        return False


def encode_words(chance: Random, text: str, charset: str) -> str:
    """A header's words as mailers write them: plain, B, Q, or cut into several."""
    if text.isascii():
        return text
    pieces = [text[at : at + 12] for at in range(0, len(text), 12)] if chance.random() < 0.6 else [text]
    coded = []
    for piece in pieces:
        content = piece.encode(charset)
        if chance.random() < 0.5 or charset.startswith("iso-2022"):
            coded.append(f"=?{charset}?B?{base64.b64encode(content).decode()}?=")
        else:
            letters = "".join(
                chr(byte) if chr(byte).isascii() and chr(byte).isalnum() else f"={byte:02X}" for byte in content
            )
            coded.append(f"=?{charset}?Q?{letters}?=")
    return "\r\n ".join(coded)


def encode_body(chance: Random, text: str, charset: str) -> tuple[str, bytes]:
    """A transfer encoding, and the text in it."""
    content = text.replace("\n", "\r\n").encode(charset)
    ways = ["base64", "quoted-printable"]
    if all(len(line) < 900 for line in content.split(b"\r\n")):
        ways.append("7bit" if content.isascii() else "8bit")
    way = chance.choice(ways)
    if way == "base64":
        return way, base64.encodebytes(content).replace(b"\n", b"\r\n").rstrip(b"\r\n")
    if way == "quoted-printable":
        return way, quopri.encodestring(content.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return way, content
