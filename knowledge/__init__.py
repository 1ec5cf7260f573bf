"""What the bot knows, and how it finds and calculates it: pure, no network, no clock."""
