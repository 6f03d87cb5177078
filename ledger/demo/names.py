"""Names of the demonstration: places that are on no map, so that nobody real is meant."""

from __future__ import annotations

NETWORK = "Demonstration network Deichrade–Mågeklit"
OFFICE = "Network office of the demonstration (made up)"

GERMAN_PLACES = (
    "Möwenkoog", "Wattenbrook", "Nordknickau", "Deichrade", "Seggewisch", "Kranichsiel", "Priggenau", "Tidenfeld",
    "Sturmkoppel", "Nebelholm", "Quarnmoor", "Binsenwarft", "Reetwinkel", "Salzhörn", "Windhude", "Schilfmark",
    "Ankersiel", "Bojenfeld", "Dünenwik", "Otternbüll", "Flutmark", "Grashörn", "Hafermoor", "Igelwarft",
    "Kiebitzrade", "Lerchensiel", "Mövengrund", "Nixenkoog", "Pappelbüll", "Sandwik", "Torfhude", "Uferkrog",
    "Vogelsiel", "Weidenwarft", "Zanderbek", "Austernhörn", "Distelkoog", "Ebbenrade", "Farnwisch", "Ginsterbüll",
)  # fmt: skip
DANISH_PLACES = (
    "Mågeklit", "Tangvig", "Lyngkrog", "Stormodde", "Ravnæsby", "Havgusby", "Klitmose", "Søstjernby", "Vindklit",
    "Strandsivby", "Tidevig", "Ålegræsby", "Mosekrog", "Fyrklit", "Brombærnæs", "Hedelyngby", "Sandormby",
    "Muslingby", "Blåmejseby", "Tangloppeby",
)  # fmt: skip
# The four that praise nobody but each other are called what they are.
RING = ("Ringelreih", "Eigenlob", "Rundumlob", "Kreisverkehrt")

GERMAN_TOWNS = (("Neumünster", "NM"), ("Kiel", "KI"), ("Rendsburg", "RD"), ("Bad Segeberg", "SE"), ("Plön", "PL"))
DANISH_TOWNS = ("Aabenraa", "Sønderborg", "Haderslev", "Tønder", "Kolding")

BANKS = (
    ("Tidenbank AG", "DE", "ZZTIDE21"),
    ("Genossenschaftsbank Seggewisch eG", "DE", "ZZSEDE21"),
    ("Mågeklit Sparekasse A/S", "DK", "ZZMADK21"),
)
