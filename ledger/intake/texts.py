"""Texts from documents, made fit to be shown and compared."""

from __future__ import annotations

import re
import unicodedata

# What NFKD does not take apart, and the German and Danish ways to write a letter without its sign.
SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "&": " und "})
NO_WORD = re.compile(r"[^a-z0-9]+", re.ASCII)
# Longest first: "GmbH & Co. KG" must go whole, before "KG" is taken off its end.
LEGAL_FORMS = (
    "gesellschaft mit beschraenkter haftung und co kg",
    "gesellschaft mit beschraenkter haftung",
    "ug haftungsbeschraenkt und co kg",
    "ug haftungsbeschraenkt",
    "aktiengesellschaft",
    "gmbh und co kgaa",
    "gmbh und co ohg",
    "gmbh und co kg",
    "gmbh co kg",
    "ag und co kg",
    "ag co kg",
    "aktieselskab",
    "anpartsselskab",
    *("ggmbh", "gmbh", "kgaa", "e kfm", "e kfr", "e gbr", "egbr", "mbh", "ohg", "gbr", "amba", "smba", "ivs"),
    *("ekfm", "ekfr", "aps", "e k", "e g", "e v", "a s", "p s", "k s", "i s", "ag", "kg", "ug", "se", "eg"),
    *("ek", "ev", "as", "ltd", "inc", "bv", "ab", "oy", "sarl", "sa"),
)


def one_line(value: object, longest: int = 200) -> str:
    """Return a text on one line without control or format characters (they can reorder what is read)."""
    if not isinstance(value, str):
        return ""
    # A text may have megabytes, of which nobody wants more than its beginning.
    words = value[: 10 * longest].split()
    visible = ("".join(c for c in word if unicodedata.category(c)[0] != "C") for word in words)
    return shortened(" ".join(filter(None, visible)), longest)


def shortened(text: str, longest: int) -> str:
    """Return the text, cut with an ellipsis when it is longer than allowed."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def folded(text: str) -> str:
    """Return the text in plain small letters and digits: "Gebr. MÜLLER" and "Gebr Mueller" are the same."""
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(SPELLINGS)
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode("ascii")
    return NO_WORD.sub(" ", plain).strip()


def without_legal_form(name: str) -> str:
    """Return a folded name without the legal form at its end; a name that is nothing else stays."""
    for form in LEGAL_FORMS:
        if name.endswith(f" {form}"):
            return name.removesuffix(f" {form}")
    return name


def compact(number: str) -> str:
    """Return a register number as its letters and digits alone, for comparing."""
    return "".join(c for c in number.upper() if c.isalnum())
