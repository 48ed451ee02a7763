"""The ledger: what we published, append-only and chained. It must never change or lose a release."""
