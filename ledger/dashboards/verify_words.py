"""What the page for checking a referral says, in the order of `LANGUAGES`.

A referral is "Auskunft" in German and "erklæring" in Danish: words that recommend nothing.
"""

from __future__ import annotations

Said = tuple[str, str, str]

WORDS: dict[str, Said] = {
    "brand": ("Collaboration ledger", "Kooperationsregister", "Samarbejdsregisteret"),
    "skip": ("Skip to the content", "Zum Inhalt springen", "Gå til indholdet"),
    "choice": ("Language", "Sprache", "Sprog"),
    "title": ("Check a referral", "Eine Auskunft prüfen", "Kontrollér en erklæring"),
    "lead": (
        "Paste the signed referral that you were handed. You need no key and no account, and nothing of it is kept.",
        "Fügen Sie die signierte Auskunft ein. Sie brauchen weder Schlüssel noch Konto; nichts wird gespeichert.",
        "Indsæt den signerede erklæring, du har fået. Du behøver hverken nøgle eller konto, og intet af den gemmes.",
    ),
    "label": ("The signed referral", "Die signierte Auskunft", "Den signerede erklæring"),
    "hint": (
        "A long text without spaces that begins with “eyJ” and ends with a tilde (~).",
        "Ein langer Text ohne Leerzeichen, der mit „eyJ“ beginnt und mit einer Tilde (~) endet.",
        "En lang tekst uden mellemrum, der begynder med “eyJ” og slutter med en tilde (~).",
    ),
    "send": ("Check", "Prüfen", "Kontrollér"),
    "missing": ("Paste a referral first.", "Fügen Sie zuerst eine Auskunft ein.", "Indsæt først en erklæring."),
    "says": ("What it says itself", "Was sie selbst sagt", "Hvad den selv siger"),
    "firm": ("Firm", "Betrieb", "Virksomhed"),
    "issued_at": ("Issued", "Ausgestellt", "Udstedt"),
    "expires_at": ("Valid until", "Gültig bis", "Gyldig til"),
    "position": ("True for position", "Stand: Position", "Gælder for position"),
    "disclosed": ("Disclosed beyond that", "Darüber hinaus offengelegt", "Vist derudover"),
    "nothing": ("nothing", "nichts", "intet"),
    "offline": ("Without asking us", "Ohne uns zu fragen", "Uden at spørge os"),
    "how": (
        "A referral can also be checked offline, and years later, with our public keys alone:",
        "Eine Auskunft lässt sich auch offline und nach Jahren noch prüfen, nur mit unseren öffentlichen Schlüsseln:",
        "En erklæring kan også kontrolleres offline og flere år senere, alene med vores offentlige nøgler:",
    ),
}

# For each verdict a heading, and what it means for whoever holds the token.
HEADINGS: dict[str, Said] = {
    "genuine": ("Genuine and in force", "Echt und gültig", "Ægte og gyldig"),
    "tampered": ("Not genuine", "Nicht echt", "Ikke ægte"),
    "unknown_key": ("Signed by somebody else", "Von jemand anderem signiert", "Signeret af en anden"),
    "expired": ("Genuine, but expired", "Echt, aber abgelaufen", "Ægte, men udløbet"),
    "revoked": ("Revoked", "Widerrufen", "Tilbagekaldt"),
    "not_in_force": ("Not in force", "Nicht in Kraft", "Ikke i kraft"),
}
MEANINGS: dict[str, Said] = {
    "genuine": (
        "This ledger issued it, nothing in it was changed, and it has been neither revoked nor overtaken by time.",
        "Dieses Register hat sie ausgestellt, nichts daran ist verändert, sie ist weder widerrufen noch abgelaufen.",
        "Dette register har udstedt den, intet i den er ændret, og den er hverken tilbagekaldt eller udløbet.",
    ),
    "tampered": (
        "The text was changed, is incomplete, or was never a referral of this ledger. Do not rely on it.",
        "Der Text wurde verändert, ist unvollständig oder war nie eine Auskunft. Verlassen Sie sich nicht darauf.",
        "Teksten er ændret, ufuldstændig eller har aldrig været en erklæring fra dette register. Stol ikke på den.",
    ),
    "unknown_key": (
        "It names a key that this ledger never had. Do not rely on it.",
        "Sie nennt einen Schlüssel, den dieses Register nie hatte. Verlassen Sie sich nicht darauf.",
        "Den nævner en nøgle, som dette register aldrig har haft. Stol ikke på den.",
    ),
    "expired": (
        "What it says was true for its position. Ask the firm for a new one.",
        "Was sie sagt, galt für ihren Stand. Bitten Sie den Betrieb um eine neue.",
        "Det, den siger, gjaldt for sin position. Bed virksomheden om en ny.",
    ),
    "revoked": (
        "The firm or its network’s office has declared it void. Do not rely on it any more.",
        "Der Betrieb oder die Koordination hat sie für ungültig erklärt. Verlassen Sie sich nicht mehr darauf.",
        "Virksomheden eller netværkets kontor har erklæret den ugyldig. Stol ikke længere på den.",
    ),
    "not_in_force": (
        "It carries our signature, but does not count here: it begins later, or was not issued here.",
        "Sie trägt unsere Signatur, gilt hier aber nicht: Sie beginnt später oder wurde nicht hier ausgestellt.",
        "Den bærer vores signatur, men gælder ikke her: den begynder senere eller er ikke udstedt her.",
    ),
}

# The parts that a holder may keep back.
PARTS: dict[str, Said] = {
    "bank": ("the bank", "die Bank", "banken"),
    "purpose": ("the purpose", "der Zweck", "formålet"),
    "identifiers": ("register numbers", "Registernummern", "registernumre"),
    "jobs": ("jobs and their volume", "Aufträge und ihr Umfang", "opgaver og deres omfang"),
    "partners": ("each partner", "die einzelnen Partner", "de enkelte partnere"),
    "concentration": ("concentration", "Konzentration", "koncentration"),
    "record": ("delivery record", "Lieferbilanz", "leveringsstatistik"),
    "payments": ("payment record", "Zahlungsbilanz", "betalingsstatistik"),
    "credit_references": ("credit references", "Kreditreferenzen", "kreditreferencer"),
    "disputes": ("disputes", "Streitfälle", "tvister"),
    "score": ("the score", "der Vertrauenswert", "tillidsscoren"),
    "factors": ("its factors", "seine Faktoren", "dens faktorer"),
    "facts": ("its figures", "seine Zahlen", "dens tal"),
    "events": ("proof of the events behind it", "Nachweis der Ereignisse dahinter", "bevis for hændelserne bag den"),
}
