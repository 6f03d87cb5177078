"""Who works with whom, drawn: pairs of firms, where each firm stands on the map, who holds groups together."""
