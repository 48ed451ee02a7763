"""The ledger's screens: everything that was ever published, to read and never to change."""
