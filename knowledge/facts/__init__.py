"""The typed facts of a call, by theme; `knowledge.call.Call` holds them all."""
