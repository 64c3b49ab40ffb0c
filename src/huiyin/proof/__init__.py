"""Proof that a ledger is whole: canonical bytes, a hash chain, Merkle seals and an offline check.

Standard library only. The folder can be copied alone to another machine and run there:
`python -m huiyin.proof FILE`, or `python3 proof FILE` beside a folder named `proof`.
The formats are described in docs/proof.md.
"""
