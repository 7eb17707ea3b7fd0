"""One style sheet: which rules stay, in which order, and where their addresses lead."""

import pytest

from styles import SHEET, in_one_sheet, used_rules, words_of

PAGE = """<html data-content_root="../"><head>
<link rel="stylesheet" href="../_static/a/first.css?v=1" />
<link rel="icon" href="../x.svg"/>
<link href="../_static/last.css" rel="stylesheet" /></head><body class="one two"></body></html>"""


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".one { top: 0 }", ".one{ top: 0 }"),
        (".gone { top: 0 }", ""),
        ("#gone { top: 0 }", ""),
        ("p, .gone, a:hover { top: 0 }", "p,a:hover{ top: 0 }"),
        (".one.gone { top: 0 }", ""),
        (".one:not(.gone) { top: 0 }", ".one:not(.gone){ top: 0 }"),
        (":is(.one, .gone) b { top: 0 }", ":is(.one, .gone) b{ top: 0 }"),
        ('[class*="x"] > a { top: 0 }', '[class*="x"] > a{ top: 0 }'),
        ("a { color: #fff; /* no */ }", "a{ color: #fff;  }"),
        ("@media print { .gone { top: 0 } .one { top: 0 } }", "@media print{.one{ top: 0 }}"),
        ("@supports (top: 0) { .gone { top: 0 } }", ""),
        ("@font-face { font-family: x }", "@font-face { font-family: x }"),
        ("@import 'b.css'; @charset 'utf-8';", ""),
    ],
)
def test_a_rule_stays_if_a_page_can_use_it(css, kept):
    assert used_rules(css, {"one"}) == kept


def test_pages_get_one_sheet_in_the_order_of_many(tmp_path):
    files = {
        "_static/a/first.css": "@import '../base.css'; .one { background: url(../pic/x.svg?v=2) } .no { }",
        "_static/base.css": ".two { top: 1px }",
        "_static/last.css": ".one { background: url(data:,) } .by-script { top: 2px }",
        "_static/own.js": "element.className = 'by-script'",
        "chapters/page.html": PAGE,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert words_of(tmp_path) >= {"one", "two", "by-script"}
    page = tmp_path / "chapters" / "page.html"
    in_one_sheet(tmp_path, [page])
    assert (tmp_path / SHEET).read_text("utf-8") == (
        '.two{ top: 1px }.one{ background: url("pic/x.svg?v=2") }'
        ".one{ background: url(data:,) }.by-script{ top: 2px }"
    )
    text = page.read_text("utf-8")
    assert text.count("stylesheet") == 1
    assert f'href="../{SHEET}?v=' in text
    assert "x.svg" in text
