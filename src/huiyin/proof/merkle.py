"""The Merkle tree of RFC 6962 (and RFC 9162, section 2.1) over SHA-256: root, proofs, verification.

A leaf is hashed with the prefix 0x00 and an inner node with 0x01, so that no inner node can be
passed off as a leaf. Everywhere below, `leaves` are leaf hashes, not the data behind them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves (RFC 6962, 2.1)."""


class InvalidProof(Exception):
    """A proof that does not prove what it claims."""


def leaf_hash(data: bytes) -> bytes:
    """Return sha256(0x00 || data), the hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return sha256(0x01 || left || right), the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf and keeps only the roots of its perfect parts: O(log n)."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash at the right; complete pairs are folded at once."""
        carry = self.size
        while carry & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            carry >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves appended so far."""
        if not self._peaks:
            return EMPTY_ROOT
        *rest, root = self._peaks
        for peak in reversed(rest):
            root = node_hash(peak, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the leaf hashes, in O(log n) memory."""
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def roots_at(leaves: Iterable[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """Return the root of the first `size` leaves for each size wanted that the tree reaches."""
    wanted = set(sizes)
    tree = Tree()
    roots = {0: tree.root()} if 0 in wanted else {}
    for leaf in leaves:
        tree.append(leaf)
        if tree.size in wanted:
            roots[tree.size] = tree.root()
    return roots


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the audit path of leaf `index` (RFC 6962, 2.1.1), lowest sibling first."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} in a tree of {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if index < split:
        return [*inclusion_proof(left, index), root_of(right)]
    return [*inclusion_proof(right, index - split), root_of(left)]


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Return the proof that the first `old_size` leaves are a prefix of all (RFC 6962, 2.1.2)."""
    if not 0 <= old_size <= len(leaves):
        raise IndexError(f"no earlier tree of {old_size} in a tree of {len(leaves)}")
    if old_size in {0, len(leaves)}:
        return []
    return _subproof(leaves, old_size, known=True)


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Return when `proof` shows that `leaf` is leaf `index` of the tree (size, root).

    The algorithm is RFC 9162, 2.1.3.2. Raises InvalidProof otherwise.
    """
    if not 0 <= index < size:
        raise InvalidProof(f"no leaf {index} in a tree of {size}")
    node, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise InvalidProof("the proof is too long")
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            node, last = _climb_right(node, last)
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    if last != 0 or found != root:
        raise InvalidProof("the proof does not lead to the root")


def verify_consistency(
    *, old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    """Return when `proof` shows that the tree (size, root) extends the tree (old_size, old_root).

    The algorithm is RFC 9162, 2.1.4.2. Raises InvalidProof otherwise.
    """
    if not 0 <= old_size <= size:
        raise InvalidProof(f"a tree of {size} cannot extend one of {old_size}")
    if old_size in {0, size}:
        _check_trivial(old_size, old_root, size, root, proof)
        return
    path = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not path:
        raise InvalidProof("the proof is empty")
    if _replay(path, old_size - 1, size - 1) != (old_root, root):
        raise InvalidProof("the proof does not lead to both roots")


def _split(size: int) -> int:
    """Return the largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _subproof(leaves: Sequence[bytes], old_size: int, *, known: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if known else [root_of(leaves)]
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if old_size <= split:
        return [*_subproof(left, old_size, known=known), root_of(right)]
    return [*_subproof(right, old_size - split, known=False), root_of(left)]


def _climb_right(node: int, last: int) -> tuple[int, int]:
    """Skip the levels on which a rightmost node has no sibling."""
    while not node & 1 and node:
        node, last = node >> 1, last >> 1
    return node, last


def _check_trivial(
    old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    expected = EMPTY_ROOT if old_size == 0 else root
    if proof or old_root != expected or (size == 0 and root != EMPTY_ROOT):
        raise InvalidProof("the two roots cannot belong together")


def _replay(path: Sequence[bytes], node: int, last: int) -> tuple[bytes, bytes]:
    """Return the old and the new root that the path leads to."""
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise InvalidProof("the proof is too long")
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            node, last = _climb_right(node, last)
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise InvalidProof("the proof is too short")
    return old, new
