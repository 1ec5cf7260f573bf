"""The checks of `ka2bot lint`, one kind a module; each yields findings with file, line and remedy."""
