"""The house's own files say the same as each other."""

import re
import tomllib

import yaml

import book
import cnnbook


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
    assert citation["title"] == yaml.safe_load(read("_config.yml"))["title"]
    assert citation["authors"] == project["authors"]
    assert project["license"] in citation["license"]


def test_there_is_one_version_and_the_changelog_begins_with_it():
    assert yaml.safe_load(read("CITATION.cff"))["version"] == cnnbook.__version__
    assert re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)[0] == cnnbook.__version__


def test_the_parts_of_make_check_are_the_jobs_of_the_workflow():
    workflow = yaml.safe_load(read(".github/workflows/test-and-publish.yml"))
    parts = " ".join(workflow["jobs"]["test"]["strategy"]["matrix"]["part"]).split()
    gates = re.search(r"^test: (.*?) ##", read("Makefile"), re.MULTILINE)[1].split()
    pieces = re.findall(r"^(\w+): .*# of `make check`", read("Makefile"), re.MULTILINE)
    assert sorted(parts) == sorted({*gates, *pieces} - {"check"})
