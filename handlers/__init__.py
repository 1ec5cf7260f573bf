"""What a person can do: one module for each command or dialogue."""
