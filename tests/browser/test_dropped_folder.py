"""A folder that is dropped: files of one name in its folders are transcripts of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

DROP = """async () => {
  const page = document.querySelector("script[type=module][src$='archive.js']").src;
  const { Adding, filesIn } = await import(page.replace("archive.js", "adding.js"));
  const entry = (path, word) => ({
    isFile: true, fullPath: path,
    file: (take) => take(new File([`MS. HALE: The ${word} is open.\\n\\nMR. BO: Yes.\\n`], path.split("/").pop())),
  });
  const folder = (path, ...inside) => ({
    isFile: false, fullPath: path,
    createReader: () => ({ readEntries: (take) => take(inside.splice(0)) }),
  });
  const dropped = [
    folder("/drop", entry("/drop/a.txt", "harbour"), folder("/drop/2021", entry("/drop/2021/a.txt", "theatre"))),
    entry("/b.txt", "school"),
  ];
  const files = await filesIn({ items: dropped.map((one) => ({ webkitGetAsEntry: () => one })), files: [] });
  const list = document.createElement("ul");
  return new Promise((end) => {
    new Adding(list, () => "", (settled, failed, of) => settled === of && end(failed)).add(files);
  });
}"""
"""A browser gives a folder to the hand of a person only; this is what it gives."""


def test_its_files_are_called_by_their_place_in_it(own_archive: Path, serve: Any, visit: Any) -> None:
    server = serve(own_archive)
    assert visit(f"{server.url}archive").evaluate(DROP) == 0
    jobs = server.client.get("/api/jobs").json()["jobs"]
    assert {job["path"]: job["transcript"] for job in jobs} == {
        "a.txt": "a.txt",
        "2021/a.txt": "2021--a.txt",
        "b.txt": "b.txt",
    }
    assert {job["outcome"] for job in jobs} == {"added"}
