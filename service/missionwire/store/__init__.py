"""Everything that speaks Redis: the log, the inbox, the wire, dead letters, leases. Lua stands beside it, in `lua/`."""
