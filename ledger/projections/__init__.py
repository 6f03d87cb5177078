"""Read models: what the events come to, one room each; a room looks into no other but the consents."""
