"""What becomes of a page's HTML: its head says what it holds, its ids are its own, its titles open."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from docutils import nodes
from PIL import Image

__all__ = ["ICON", "describe", "icon", "lost_page", "mend", "named", "one_viewport", "sitemap", "still"]

# The theme gives this arrow no name.
TOGGLE = '<summary><span class="toctree-toggle" role="presentation">'
ICON = "_static/icon.png"
SUMMARY = 160  # characters: more is cut off where a description is shown
VIEWPORT = re.compile(r'\s*<meta name="viewport"[^>]*>')
# sphinx-exercise gives every exercise the same id, and makes the title of a solution a link away from it.
SAME_ID = re.compile(r'<section id="(?:exercise|solution)-content">')
AWAY = re.compile(r'(<p class="admonition-title">Solution to)\s*<a [^>]*href="#[^"]*">(.*?)</a>')
# A solution is a <details>: it opens without a script, and a browser's own search looks into it.
FOLDED = re.compile(r'(<details [^>]*>\s*)<p class="admonition-title">(.*?)</p>')
COPY = re.compile(r'<div class="cnnbook-widget"[^>]*?data-pictures="([\w ]*)"[^>]*>')
STILL = (
    '<p class="cnn-still">This is a still: with JavaScript, in a current browser, you can play with it.</p>'
)
TAGS = re.compile(r"<[^>]+>")
LOST = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No such page: {title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 40rem; margin: 15vh auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif; }}
</style>
</head>
<body>
<h1>There is no such page</h1>
<p>It may have moved. <a href="{start}">The book begins here</a>, with its contents beside it.</p>
</body>
</html>
"""
# The list of references claims a role that holds nothing but list items; its items one that is no more.
ROLE = re.compile(r'(?<=<div )role="list" (?=class="citation-list">)| role="doc-biblioentry"')


def describe(title: str, doctree: nodes.document | None, address: str = "") -> str:
    """Return the tags that say what a page holds: its description, and the card of a link to it.

    Parameters
    ----------
    title : str
        Of the page.
    doctree : docutils.nodes.document or None
        Its text; the first paragraph describes it.
    address : str
        Where the book lies, if that is known: the card's picture needs a whole address.
    """
    title = html.unescape(TAGS.sub("", title))
    paragraph = next(doctree.findall(nodes.paragraph), None) if doctree else None
    text = " ".join(paragraph.astext().split()) if paragraph else ""
    if len(text) > SUMMARY:
        text = f"{text[: SUMMARY - 1].rsplit(' ', 1)[0]} …"
    tags = {"og:type": "article", "og:title": title, "og:description": text}
    if address:
        tags["og:image"] = urljoin(address, ICON)
    lines = [
        f'<meta property="{name}" content="{html.escape(said)}" />' for name, said in tags.items() if said
    ]
    if text:
        lines.append(f'<meta name="description" content="{html.escape(text)}" />')
    return "\n".join(lines)


def icon(svg: str, size: int = 512) -> Image.Image:
    """Return the book's icon as a picture, for phones and for the card of a link.

    Parameters
    ----------
    svg : str
        A drawing of squares.
    size : int
        Pixels on each side.
    """
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    small = Image.new("RGB", (side, side))
    for square in re.findall(r"<rect [^>]*>", svg):
        told = dict(re.findall(r'(\w+)="([^"]*)"', square))
        x, y, width, height = (int(told[name]) for name in ("x", "y", "width", "height"))
        small.paste(told["fill"], (x, y, x + width, y + height))
    return small.resize((size, size), Image.Resampling.NEAREST)


def mend(body: str) -> str:
    """Return a page's text without the slips of the extensions that made it."""
    body = ROLE.sub("", SAME_ID.sub("<section>", body))
    return FOLDED.sub(r'\1<summary class="admonition-title">\2</summary>', AWAY.sub(r"\1\2", body))


def still(body: str, folder: str) -> str:
    """Return a page's text whose widgets say that they are still, with their photographs.

    Both are seen where no script makes the widgets live.

    Parameters
    ----------
    body : str
        The HTML of the page.
    folder : str
        The way from the page to the pictures.
    """

    def told(copy: re.Match[str]) -> str:
        images = "".join(
            f'<img src="{folder}/picture-{name}.webp" alt="The photograph that it is about" />'
            for name in copy[1].split()
        )
        return copy[0] + STILL + (f"<noscript>{images}</noscript>" if images else "")

    return COPY.sub(told, body)


def lost_page(title: str, start: str) -> str:
    """Return the page that a server shows for an address that is none of the book's."""
    return LOST.format(title=html.escape(title), start=html.escape(start))


def named(page: str) -> str:
    """Return a page whose arrows in the table of contents say what they do."""
    return page.replace(
        TOGGLE, f'<summary aria-label="the pages of this one">{TOGGLE.removeprefix("<summary>")}'
    )


def one_viewport(page: str) -> str:
    """Return a page that says once how wide it is."""
    first = VIEWPORT.search(page)
    return page if first is None else page[: first.end()] + VIEWPORT.sub("", page[first.end() :])


def sitemap(address: str, names: list[str]) -> str:
    """Return the list of a site's pages, as search engines read it."""
    places = "".join(f"<url><loc>{html.escape(urljoin(address, name))}</loc></url>" for name in names)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>\n'
