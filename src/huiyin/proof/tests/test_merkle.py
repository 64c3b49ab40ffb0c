from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.proof.merkle import (
    EMPTY_ROOT,
    InvalidProof,
    Tree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    roots_at,
    verify_consistency,
    verify_inclusion,
)

# The leaves and roots that Certificate Transparency implementations test RFC 6962 with.
DATA = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(str(n).encode()) for n in range(64)]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_standard(size):
    assert root_of(map(leaf_hash, DATA[:size])).hex() == ROOTS[size]


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(recursive_root(leaves[:k]), recursive_root(leaves[k:]))


@pytest.mark.parametrize("size", range(65))
def test_a_tree_grown_leaf_by_leaf_has_the_root_of_the_definition(size):
    assert root_of(LEAVES[:size]) == recursive_root(LEAVES[:size])


def test_a_tree_keeps_no_more_than_its_peaks():
    tree = Tree()
    for n in range(1000):
        tree.append(leaf_hash(bytes([n % 256])))
        assert len(tree._peaks) == tree.size.bit_count()


def test_roots_of_earlier_sizes_come_from_one_walk():
    assert roots_at(LEAVES, [0, 1, 7, 64, 65]) == {
        size: root_of(LEAVES[:size]) for size in (0, 1, 7, 64)
    }


@pytest.mark.parametrize("size", range(1, 65))
def test_every_leaf_of_every_size_is_proved(size):
    leaves, root = LEAVES[:size], root_of(LEAVES[:size])
    for index in range(size):
        proof = inclusion_proof(leaves, index)
        verify_inclusion(leaf=leaves[index], index=index, size=size, proof=proof, root=root)


@pytest.mark.parametrize("size", range(65))
def test_every_earlier_tree_is_proved_to_be_extended(size):
    leaves, root = LEAVES[:size], root_of(LEAVES[:size])
    for old_size in range(size + 1):
        verify_consistency(
            old_size=old_size,
            old_root=root_of(leaves[:old_size]),
            size=size,
            root=root,
            proof=consistency_proof(leaves, old_size),
        )


@given(st.data())
def test_a_proof_proves_nothing_else(data):
    size = data.draw(st.integers(2, 64))
    index = data.draw(st.integers(0, size - 1))
    leaves, root = LEAVES[:size], root_of(LEAVES[:size])
    proof = inclusion_proof(leaves, index)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    forgeries = [
        {"leaf": leaf_hash(b"forged")},
        {"index": other},
        {"index": size},
        {"index": -1},
        {"proof": proof[:-1]},
        {"proof": [*proof, root]},
        {"proof": [root, *proof[1:]]},
        {"root": leaf_hash(b"forged")},
    ]
    claim: dict[str, Any] = {
        "leaf": leaves[index],
        "index": index,
        "size": size,
        "proof": proof,
        "root": root,
    }
    for forgery in forgeries:
        with pytest.raises(InvalidProof):
            verify_inclusion(**{**claim, **forgery})


@given(st.data())
def test_a_rewritten_past_is_never_proved_to_be_extended(data):
    size = data.draw(st.integers(1, 64))
    old_size = data.draw(st.integers(1, size))
    forged = data.draw(st.integers(0, old_size - 1))
    leaves = LEAVES[:size]
    rewritten = [*leaves[:forged], leaf_hash(b"forged"), *leaves[forged + 1 :]]
    with pytest.raises(InvalidProof):
        verify_consistency(
            old_size=old_size,
            old_root=root_of(leaves[:old_size]),
            size=size,
            root=root_of(rewritten),
            proof=consistency_proof(rewritten, old_size),
        )


@pytest.mark.parametrize(
    "forgery",
    [
        {"proof": []},
        {"old_size": 41},
        {"old_size": -1},
        {"old_size": 0},
        {"old_size": 40},
        {"old_size": 4},
        {"root": EMPTY_ROOT},
        {"proof": LEAVES[:3]},
        {"proof": LEAVES[:20]},
    ],
)
def test_a_forged_claim_of_extension_is_refused(forgery):
    claim: dict[str, Any] = {
        "old_size": 11,
        "old_root": root_of(LEAVES[:11]),
        "size": 40,
        "root": root_of(LEAVES[:40]),
        "proof": consistency_proof(LEAVES[:40], 11),
    }
    verify_consistency(**claim)
    with pytest.raises(InvalidProof):
        verify_consistency(**{**claim, **forgery})


def test_proofs_are_asked_only_of_what_exists():
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES[:3], 3)
    with pytest.raises(IndexError):
        consistency_proof(LEAVES[:3], 4)
