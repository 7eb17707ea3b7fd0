"""A page of its own for some widgets, as the book makes it, and what is read off it."""

import json
import re

import numpy as np

from cnnbook.widgets import bundles, frontend

PAGE = """<!doctype html>
<html lang="en" data-theme="{theme}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>widgets</title>
<style>body {{ margin: 0 auto; max-width: 688px }} {style}</style>
<main>{copies}</main>
<script>{modules}</script><script>{start}</script>
</html>"""


def page_of(*widgets, theme="light", extra=""):
    """Return a page that holds the static copies of some widgets and makes them live."""
    pictures = sorted({name for widget in widgets for name in widget.pictures})
    data = sorted({name for widget in widgets for name in widget.bundles})
    modules = dict.fromkeys(name for widget in widgets for name in frontend.modules_of(widget.module))
    return PAGE.format(
        theme=theme,
        style=frontend.stylesheet(),
        copies="".join(widget._repr_mimebundle_()[0]["text/html"] for widget in widgets) + extra,
        modules=frontend.page_script(modules)
        + "".join([*map(frontend.picture_script, pictures), *map(bundles.bundle_script, data)]),
        start=frontend.page_start(),
    )


def show(page, *widgets, **options):
    """Open such a page, wait until every widget is live, and return their elements."""
    page.set_content(page_of(*widgets, **options))
    elements = page.locator(".cnnbook-widget[data-ready]")
    for index in range(len(widgets)):
        elements.nth(index).wait_for()
    return elements


def plain(array):
    """Return an array as the front end's arithmetic takes it."""
    return {"shape": array.shape, "data": array.ravel().tolist()}


def imported(page, module, code, argument):
    """Call a function of JavaScript with a module of the page, and what it should work on."""
    return page.evaluate(
        f"async (argument) => ({code})(await globalThis.cnnbookLoader(window.cnnbookModules)("
        f"{json.dumps(module)}), argument)",
        argument,
    )


def put(element, widget):
    """Give a live widget the state of a Python one."""
    state = widget.get_state(widget.state_names())
    element.evaluate(
        "async (el, state) => { for (const [k, v] of Object.entries(state)) el.model.set(k, v);"
        " await new Promise((done) => setTimeout(done)); }",
        state,
    )


def numbers(element, name):
    """Return the numbers of a grid, with all their digits."""
    rows = grid(element, name).evaluate(
        "(table) => [...table.rows].map((row) => [...row.querySelectorAll('td')])"
        ".filter((row) => row.length).map((row) => row.map((td) => td.dataset.value))"
    )
    return np.array([[json.loads(value) for value in row] for row in rows])


def grid(element, name):
    """Return a grid by its accessible name."""
    return element.get_by_role("grid", name=name, exact=True)


def cell(element, name, row, column):
    """Return a cell of a grid, headings not counted."""
    return grid(element, name).locator("tr:has(td)").nth(row).locator("td").nth(column)


def words(element):
    """Return the line that says what the widget shows."""
    return element.locator(".cnn-words")


def tables(copy):
    """Return the whole numbers of each table of a static copy, by its name."""
    found = re.findall(r'<table [^>]*aria-label="([^"]*)"[^>]*>(.*?)</table>', copy)
    rows = {name: [row for row in body.split("</tr>") if "<td" in row] for name, body in found}
    number = re.compile(r"<td[^>]*>(-?\d+)</td>")
    return {name: [[int(n) for n in number.findall(row)] for row in body] for name, body in rows.items()}


def drawn_by(rng):
    """Return how a random state draws its arrays: whole numbers in six of ten, else normal ones."""
    if rng.random() < 0.6:
        return lambda shape: rng.integers(-9, 10, shape)
    return lambda shape: rng.normal(size=shape)
