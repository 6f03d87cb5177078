"""Titles of every error code in English, German and Danish."""

from __future__ import annotations

# In the order of `LANGUAGES`.
TITLES: dict[str, tuple[str, str, str]] = {
    "ledger-error": ("Not possible", "Nicht möglich", "Ikke muligt"),
    "invalid": ("Not valid", "Ungültig", "Ugyldig"),
    "invalid-request": ("The request is not valid", "Die Anfrage ist ungültig", "Anmodningen er ugyldig"),
    "invalid-identifier": (
        "A register number is not valid",
        "Eine Registernummer ist ungültig",
        "Et registernummer er ugyldigt",
    ),
    "invalid-money": ("An amount is not valid", "Ein Betrag ist ungültig", "Et beløb er ugyldigt"),
    "unknown-kind": ("Unknown kind", "Unbekannte Art der Zusammenarbeit", "Ukendt samarbejdsform"),
    "invalid-parties": (
        "The parties are not valid",
        "Die Beteiligten sind ungültig",
        "Parterne er ugyldige",
    ),
    "invalid-terms": ("The terms are not valid", "Die Vereinbarung ist ungültig", "Vilkårene er ugyldige"),
    "invalid-date": ("A date is not valid", "Ein Datum ist ungültig", "En dato er ugyldig"),
    "invalid-assessment": (
        "The assessment is not valid",
        "Die Bewertung ist ungültig",
        "Vurderingen er ugyldig",
    ),
    "invalid-evidence": ("The evidence is not valid", "Der Beleg ist ungültig", "Bilaget er ugyldigt"),
    "invalid-headcount": (
        "The headcount is not valid",
        "Die Beschäftigtenzahl ist ungültig",
        "Antallet af ansatte er ugyldigt",
    ),
    "invalid-consent": (
        "The consent is not valid",
        "Die Einwilligung ist ungültig",
        "Samtykket er ugyldigt",
    ),
    "invalid-document": (
        "The document cannot be read",
        "Das Dokument ist nicht lesbar",
        "Dokumentet kan ikke læses",
    ),
    "document-too-large": (
        "The document is too large",
        "Das Dokument ist zu groß",
        "Dokumentet er for stort",
    ),
    "weak-password": (
        "The password is too weak",
        "Das Passwort ist zu schwach",
        "Adgangskoden er for svag",
    ),
    "idempotency-key-reused": (
        "The idempotency key was used before",
        "Der Idempotenzschlüssel wurde schon verwendet",
        "Idempotensnøglen er brugt før",
    ),
    "forbidden": ("Not allowed", "Nicht erlaubt", "Ikke tilladt"),
    "not-permitted": (
        "This is not for your role",
        "Das steht Ihrer Rolle nicht zu",
        "Det har din rolle ikke adgang til",
    ),
    "scope-missing": (
        "The key is not for this",
        "Der Schlüssel gilt dafür nicht",
        "Nøglen gælder ikke for dette",
    ),
    "sign-in-refused": (
        "Sign-in refused",
        "Anmeldung abgelehnt",
        "Login afvist",
    ),
    "too-many-attempts": (
        "Too many attempts",
        "Zu viele Versuche",
        "For mange forsøg",
    ),
    "not-a-party": (
        "The firm does not take this part",
        "Der Betrieb ist daran nicht so beteiligt",
        "Virksomheden har ikke denne rolle",
    ),
    "consent-missing": ("No consent in force", "Keine gültige Einwilligung", "Intet gyldigt samtykke"),
    "not-found": ("Not found", "Nicht gefunden", "Ikke fundet"),
    "conflict": ("Does not fit what is recorded", "Passt nicht zum Stand", "Passer ikke til det registrerede"),
    "version-conflict": (
        "Somebody changed it first",
        "Jemand war schneller",
        "En anden har ændret det først",
    ),
    "state-conflict": (
        "Not in this state",
        "In diesem Stand nicht möglich",
        "Ikke muligt i denne tilstand",
    ),
    "already-answered": ("Answered already", "Schon beantwortet", "Allerede besvaret"),
    "document-already-recorded": (
        "The document was recorded already",
        "Das Dokument ist schon erfasst",
        "Dokumentet er allerede registreret",
    ),
    "address-taken": (
        "The address belongs to another account",
        "Die Adresse gehört zu einem anderen Konto",
        "Adressen hører til en anden konto",
    ),
    "unauthenticated": ("A valid key is needed", "Ein gültiger Schlüssel ist nötig", "En gyldig nøgle er nødvendig"),
    "precondition-required": (
        "If-Match is needed",
        "If-Match ist nötig",
        "If-Match er nødvendig",
    ),
    "idempotency-key-missing": (
        "An Idempotency-Key is needed",
        "Ein Idempotency-Key ist nötig",
        "En Idempotency-Key er nødvendig",
    ),
    "malformed": ("The request cannot be read", "Die Anfrage ist nicht lesbar", "Anmodningen kan ikke læses"),
    "body-too-large": (
        "The request is too large",
        "Die Anfrage ist zu groß",
        "Anmodningen er for stor",
    ),
    "unsupported-media-type": (
        "Unsupported media type",
        "Medientyp nicht unterstützt",
        "Medietypen understøttes ikke",
    ),
    "method-not-allowed": ("Method not allowed", "Methode nicht erlaubt", "Metoden er ikke tilladt"),
    "not-acceptable": ("Not available in this form", "In dieser Form nicht verfügbar", "Findes ikke i dette format"),
    "not-yet": ("Not there yet", "Noch nicht so weit", "Ikke så langt endnu"),
    "too-many-requests": ("Too many requests", "Zu viele Anfragen", "For mange forespørgsler"),
    "outcome-unknown": ("Outcome unknown", "Ausgang unbekannt", "Udfaldet er ukendt"),
    "unavailable": ("Not available just now", "Zurzeit nicht verfügbar", "Ikke tilgængelig lige nu"),
    "internal": ("Our fault", "Unser Fehler", "Vores fejl"),
}
