"""The house's own files say the same as each other."""

import re
import tomllib

import yaml

import book


def read(name):
    return (book.ROOT / name).read_text("utf-8")


def test_the_commit_hooks_are_the_commands_of_make_lint():
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", read("Makefile"), re.MULTILINE)[1]
    (source,) = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
    hooks = [hook["entry"] for hook in source["hooks"]]
    assert hooks == [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe.splitlines()]


def test_the_citation_names_what_the_package_and_the_book_do():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    citation = yaml.safe_load(read("CITATION.cff"))
    assert citation["version"] == project["version"]
    assert citation["title"] == yaml.safe_load(read("_config.yml"))["title"]
    assert citation["authors"] == project["authors"]
    assert project["license"] in citation["license"]
