"""The parts of `ka2bot review`."""
