"""The house's own files say the same as each other."""

import re
import tomllib

import numpy as np
import yaml

import book
import cnnbook
import make


def read(name):
    return (book.ROOT / name).read_text("utf-8")


def test_the_citation_names_what_the_package_and_the_book_do():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    citation = yaml.safe_load(read("CITATION.cff"))
    assert citation["title"] == yaml.safe_load(read("_config.yml"))["title"]
    assert citation["authors"] == project["authors"]
    assert project["license"] in citation["license"]


def test_there_is_one_version_and_the_changelog_begins_with_it():
    assert yaml.safe_load(read("CITATION.cff"))["version"] == cnnbook.__version__
    assert re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)[0] == cnnbook.__version__


def test_the_jobs_of_the_workflow_are_all_of_make_test():
    jobs = yaml.safe_load(read(".github/workflows/test-and-publish.yml"))["jobs"]
    parts = " ".join(jobs["test"]["strategy"]["matrix"]["part"]).split()
    assert sorted(parts) == ["lint", "nbval", "pages", "rerun", "unit"]
    assert set(parts) < set(make.TARGETS)


def test_the_makefile_offers_what_make_py_does():
    makefile = read("Makefile")
    targets = re.search(r"^TARGETS := (.*)", makefile, re.MULTILINE)[1].split()
    settings = re.search(r"^SETTINGS := (.*)", makefile, re.MULTILINE)[1].split()
    assert targets == ["help", *make.TARGETS]
    assert settings == list(make.DEFAULTS)


def test_one_test_tells_numpy_how_to_print():
    np.set_printoptions(precision=2)
    assert repr(np.array([1 / 3])) == "array([0.33])"


def test_and_the_next_does_not_feel_it():
    assert repr(np.array([1 / 3])) == "array([0.33333333])"
