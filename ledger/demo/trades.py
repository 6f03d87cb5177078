"""The trades of the demonstration: what each can do, which stage of an order it takes, and whose work it buys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade with its NACE code (rev. 2); `buys` names the trades that it gives work to."""

    name: str
    nace: str
    german: str
    danish: str
    stage: str
    capabilities: tuple[str, ...]
    processes: tuple[str, ...]
    buys: tuple[str, ...] = ()


SHOPS = ("turning", "milling", "sheet metal", "welding", "tooling", "hardening", "coating", "casting")
FITTERS = ("electrical", "piping", "installation", "software", "design", "sensors", "drives")

TRADES = (
    Trade("special machines", "28.99", "Sondermaschinenbau", "Specialmaskiner", "assembly",
          ("special machines", "assembly", "commissioning"), ("machine frame assembly", "feeder unit"),
          (*SHOPS, *FITTERS)),
    Trade("plant engineering", "28.29", "Anlagenbau", "Anlægsteknik", "engineering",
          ("plant engineering", "commissioning"), ("plant section", "skid assembly"),
          ("sheet metal", "welding", "coating", "maintenance", *FITTERS)),
    Trade("conveying", "28.22", "Fördertechnik", "Transportanlæg", "assembly",
          ("conveying technology", "assembly"), ("roller conveyor section", "lifting station"),
          ("turning", "sheet metal", "welding", "coating", "electrical", "drives", "software")),
    Trade("food machines", "28.93", "Lebensmitteltechnik", "Fødevaremaskiner", "commissioning",
          ("food machinery", "stainless steel work"), ("filling unit", "hygienic housing"),
          ("turning", "milling", "sheet metal", "welding", "electrical", "sensors", "design")),
    Trade("switchgear", "27.12", "Schaltanlagenbau", "Tavlebyggeri", "electrical",
          ("switchgear", "panel building"), ("control cabinet", "low-voltage distribution"),
          ("sheet metal", "coating", "electrical", "software")),
    Trade("turning", "25.62", "Drehtechnik", "Drejeteknik", "fabrication",
          ("CNC turning", "small series"), ("CNC turning", "turned shafts", "turned flanges"),
          ("hardening", "coating", "milling")),
    Trade("milling", "25.62", "Frästechnik", "Fræseteknik", "fabrication",
          ("5-axis milling", "prototypes"), ("5-axis milling", "gear housings", "bearing blocks"),
          ("hardening", "coating", "tooling", "casting")),
    Trade("sheet metal", "25.11", "Blechtechnik", "Pladeteknik", "fabrication",
          ("laser cutting", "bending"), ("laser cutting", "bent covers", "machine enclosures"),
          ("coating", "welding")),
    Trade("welding", "25.11", "Stahlbau", "Svejseteknik", "fabrication",
          ("steel construction", "certified welding"), ("welded frames", "steel platform", "tank supports"),
          ("coating", "sheet metal")),
    Trade("coating", "25.61", "Oberflächentechnik", "Overfladeteknik", "fabrication",
          ("powder coating", "blasting"), ("powder coating", "blasting and priming")),
    Trade("hardening", "25.61", "Härtetechnik", "Hærdeteknik", "fabrication",
          ("hardening", "heat treatment"), ("case hardening", "nitriding")),
    Trade("tooling", "25.73", "Werkzeugbau", "Værktøjsteknik", "fabrication",
          ("tool making", "grinding", "wire erosion"), ("injection mould", "bending tool", "wire erosion"),
          ("hardening", "milling", "turning")),
    Trade("casting", "24.53", "Gießtechnik", "Støbeteknik", "procurement",
          ("light metal casting", "pattern making"), ("aluminium castings", "cast housings"), ("milling", "tooling")),
    Trade("sensors", "26.51", "Messtechnik", "Måleteknik", "engineering",
          ("measuring technology", "calibration"), ("measuring station", "calibration of gauges"),
          ("turning", "milling", "software")),
    Trade("drives", "27.11", "Antriebstechnik", "Drivteknik", "assembly",
          ("drives", "motor repair"), ("geared motors", "drive overhaul"), ("turning", "hardening", "electrical")),
    Trade("maintenance", "33.12", "Maschinenservice", "Maskinservice", "delivery",
          ("maintenance", "retrofit"), ("machine overhaul", "retrofit of controls"),
          ("turning", "welding", "electrical")),
    Trade("installation", "33.20", "Montagetechnik", "Montageteknik", "delivery",
          ("installation", "moving of machines"), ("installation on site", "moving of machines"), ("electrical",)),
    Trade("electrical", "43.21", "Elektrotechnik", "Elteknik", "electrical",
          ("electrical installation", "wiring"), ("wiring of machines", "cable routes"), ("switchgear",)),
    Trade("piping", "43.22", "Rohrleitungsbau", "Rørteknik", "assembly",
          ("pipework", "orbital welding"), ("stainless pipework", "cooling circuit"), ("welding", "coating")),
    Trade("software", "62.01", "Steuerungstechnik", "Styringsteknik", "commissioning",
          ("PLC programming", "visualisation"), ("PLC programming", "visualisation")),
    Trade("design", "71.12", "Konstruktionsbüro", "Konstruktion", "engineering",
          ("mechanical design", "strength analysis"), ("detailed design", "strength analysis")),
)  # fmt: skip
BY_NAME = {trade.name: trade for trade in TRADES}
CAPABILITIES = tuple(sorted({capability for trade in TRADES for capability in trade.capabilities}))
