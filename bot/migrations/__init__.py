"""The database's history, forward only; run at each start under a lock (see `bot/store/database.py`)."""
