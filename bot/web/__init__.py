"""`ka2bot web`: the in-process Telegram as a page in the browser, for whoever edits the knowledge."""

PORT = 8042
"""Not a port that `serve` or a usual development server takes."""
