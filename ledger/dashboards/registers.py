"""What register numbers are called, and what a right one looks like."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from ledger.dashboards.settings_profile import REGISTERS

IDENTIFIERS = REGISTERS
RIGHT = {
    "handelsregister": _("Court, register and number, such as Kiel HRB 1234 NM."),
    "euid": _("Country, register, dot and number, such as DEX1517R.HRB395KI or DKCVR.11845118."),
    "vat": _("The country's letters and the number with its check digit, such as DE136695976."),
    "cvr": _("Eight digits with a check digit, such as 13585628."),
    "lei": _("Twenty letters and digits ending in a checksum, such as 213800KUD8LAJWSQ9D15."),
}
