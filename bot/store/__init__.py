"""What outlives a restart: tables, SQL, and the store that conversations see."""
