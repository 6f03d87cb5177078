"""Who takes part in the stories of joint work."""

from __future__ import annotations

from collections.abc import Callable

from ledger.projections.collaborations.projector import PROJECTION
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from tests.stories import Story, as_bank, as_firm, bank, firm, firm_id, network

ACME, BETA, GAMMA = firm_id("Acme"), firm_id("Beta"), firm_id("Gamma")
THE_BANK = bank().id
AS_ACME, AS_BETA, AS_GAMMA, AS_BANK = as_firm(ACME), as_firm(BETA), as_firm(GAMMA), as_bank(THE_BANK)


def network_of_three(begin: Callable[..., Story]) -> Story:
    """A story with a network of three firms."""
    story = begin(PROJECTION, CONSENTS)
    story.tell(network(), firm("Acme"), firm("Beta"), firm("Gamma"))
    return story
