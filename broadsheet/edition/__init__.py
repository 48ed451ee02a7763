"""The edition: composing the reader site from the ledger. It must never read the desk's tables."""
