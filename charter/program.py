"""What the program is made of, as one digest: it is part of every tag that a page or answer has."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path


def digest_of(root: Path, folders: Mapping[str, Collection[str]], *more: str) -> str:
    """The SHA-256, in hexadecimal, of the files with these endings below these folders of `root`.

    `more` is what else makes the answers, such as settings.
    """
    digest = sha256(repr(more).encode())
    for folder, endings in folders.items():
        for file in sorted(Path(root, folder).rglob("*")):
            if file.suffix in endings:
                digest.update(f"{file.relative_to(root)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
