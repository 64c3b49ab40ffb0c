"""The ledger: its proofs, its followers, wanted work."""
