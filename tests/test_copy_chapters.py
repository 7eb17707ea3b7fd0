"""The reader's copies: every page once, where links between them work, never overwritten."""

from copy_chapters import copy_pages


def test_copies_each_page_once_and_overwrites_nothing(tmp_path):
    root, lab = tmp_path / "book", tmp_path / "lab"
    for name in ("intro.ipynb", "notation.md", "chapters/one.ipynb", "_static/logo.svg", "_static/look.css"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"the book's {name}")
    (root / "_toc.yml").write_text("root: intro\nchapters:\n- file: chapters/one\n- file: notation\n")

    copied = [path.relative_to(lab).as_posix() for path in copy_pages(lab, root)]
    assert copied == ["intro.ipynb", "chapters/one.ipynb", "notation.md", "_static/logo.svg"]

    (lab / "chapters/one.ipynb").write_text("the reader's")
    (lab / "notation.md").unlink()
    assert copy_pages(lab, root) == [lab / "notation.md"]
    assert (lab / "chapters/one.ipynb").read_text() == "the reader's"
    assert (lab / "notation.md").read_text() == "the book's notation.md"
