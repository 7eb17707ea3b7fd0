"""Finding a browser: the first that starts, or a message that says what to do."""

import sys

import browser
import other_browsers
import pytest


@pytest.fixture
def no_commands(monkeypatch):
    """Keep the tests from installing anything."""
    monkeypatch.setattr(browser, "install", lambda packages=(): None)


def test_what_does_not_start_is_passed_over(monkeypatch):
    broken = ["/nowhere/chromium", "", __file__]
    monkeypatch.setattr(browser, "candidates", lambda: [*broken, sys.executable])
    assert browser.find_browser() == sys.executable


def test_without_a_browser_the_message_says_what_to_do(monkeypatch, no_commands):
    monkeypatch.setattr(browser, "candidates", list)
    with pytest.raises(browser.NoBrowserError, match="apt-get install chromium-headless-shell"):
        browser.make_sure()


def test_one_that_was_just_installed_is_found(monkeypatch):
    found = []
    monkeypatch.setattr(browser, "candidates", lambda: found)
    monkeypatch.setattr(browser.shutil, "which", lambda name: name)
    monkeypatch.setattr(browser, "install", lambda: found.append(sys.executable))
    assert browser.make_sure() == sys.executable


@pytest.mark.parametrize("light", [None, sys.executable])
def test_the_light_one_is_installed_and_goes_first(monkeypatch, light):
    """Also where a whole browser is installed already."""
    programs = {"chromium": __file__, browser.LIGHT: light}
    asked = []

    def install(packages):
        asked.extend(packages)
        programs[browser.LIGHT] = sys.executable

    monkeypatch.setattr(browser.shutil, "which", programs.get)
    monkeypatch.setattr(browser, "works", bool)
    monkeypatch.setattr(browser, "install", install)
    assert browser.make_sure() == sys.executable
    assert asked == ([] if light else [browser.LIGHT])


@pytest.mark.parametrize(("user", "apt", "runs"), [(0, "apt-get", 2), (0, None, 0), (1, "apt-get", 0)])
def test_only_root_and_only_apt_installs(monkeypatch, user, apt, runs):
    commands = []
    monkeypatch.setattr(browser.os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda name: apt)
    monkeypatch.setattr(browser.subprocess, "run", lambda command, **options: commands.append(command))
    browser.install()
    assert len(commands) == runs


@pytest.mark.parametrize("name", other_browsers.OTHERS)
def test_another_browser_that_is_missing_is_named(monkeypatch, name):
    """None is left out without a word."""
    asked = []
    monkeypatch.setattr(other_browsers, "install", asked.append)
    monkeypatch.setattr(other_browsers, "found", lambda names: None)
    monkeypatch.setattr(other_browsers, "PROGRAMS", {name: other_browsers.PROGRAMS[name]})
    with pytest.raises(browser.NoBrowserError, match=f"{name} cannot be tested: .* is not on PATH"):
        other_browsers.make_sure()
    assert asked == [other_browsers.PACKAGES[name]]
