"""Bytes → text, where what the sender declares about them may be missing, unknown or wrong."""

import codecs

# What is meant by a name is often more than what the name says: the larger set reads the smaller.
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "unicode-1-1-utf-7": "utf-7",
}
# Declared by programs that never looked at the bytes.
_NO_INFORMATION = {
    "",
    "us-ascii",
    "ascii",
    "iso-8859-1",
    "latin1",
    "latin-1",
    "default",
    "unknown-8bit",
    "8bit",
}
# Codecs of Python that are no charsets of mail, or slow.
_NOT_OF_MAIL = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}


def decoded(raw: bytes, declared: str | None) -> str:
    """The text, by the declared charset, else UTF-8, else Windows-1252. A byte order mark is dropped."""
    name = (declared or "").strip(" \t\r\n'\"").lower()
    candidates = ["utf-8"] if name in _NO_INFORMATION else [_MEANT.get(name, name), "utf-8"]
    for charset in candidates:
        text = _strictly(raw, charset)
        if text is not None:
            return text.removeprefix("\ufeff")
        if charset.startswith("iso2022"):  # seven bits are good UTF-8 too, and nonsense in it
            return raw.decode(charset, "replace")
    return raw.decode("cp1252", "replace")


def _strictly(raw: bytes, charset: str) -> str | None:
    try:
        if codecs.lookup(charset).name.replace("_", "-") in _NOT_OF_MAIL:
            return None
        return raw.decode(charset)
    except (LookupError, ValueError):  # ValueError: not in this charset, or a name with a null in it
        return None
