"""Web pages as newsrooms make them, with all that stands around an article, and pages that make trouble."""

from typing import Final

TITLE: Final = "Cargo ship Progress MS-22 arrives at the station"
PARAGRAPHS: Final = (
    "The cargo ship Progress MS-22 docked with the International Space Station on Saturday at 08:45 GMT.",
    "Sergey Prokopyev watched, and was ready to take over had the automatic system failed. He did not have to.",
    "The ship carries food, water & fuel for the crew. The hatches will be opened on Sunday, Roscosmos said.",
)
TEXT: Final = "\n\n".join(PARAGRAPHS)
DATE: Final = "2023-02-11"

LD: Final = (
    '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
    f'"headline": "{TITLE}", "datePublished": "{DATE}T09:30:00+00:00", '
    '"dateModified": "2024-05-01T10:00:00Z"}</script>'
)
META: Final = f'<meta property="article:published_time" content="{DATE}T09:30:00+00:00">'
VISIBLE: Final = f'<time datetime="{DATE}">11 February 2023</time>'


def newsroom(
    *,
    head: str = LD,
    visible: str = "",
    language: str = ' lang="en-GB"',
    charset: str = "utf-8",
    ad: str = "Buy the new Comet toothbrush now, and save half of its price. Only this week in our shop!",
    body: str | None = None,
) -> str:
    """A page with an article in it, or with another body where one is given."""
    first, *others = (f"<p>{each.replace('&', '&amp;')}</p>" for each in PARAGRAPHS)
    article = f"""
<article><h1>{TITLE}</h1><p class="byline">By Mara Quill</p>{visible}
<figure><img src="/a.jpg" alt="A ship"><figcaption>The ship on its pad. Photo: Orbital Gazette.</figcaption></figure>
{first}
<div class="ad advertisement"><p>{ad}</p></div>
{"".join(others)}
<aside class="related"><h3>Read more</h3><ul><li><a href="/1">Ten facts about the Moon that nobody knew.</a></li></ul>
</aside></article>
<section class="related-articles"><h2>More news</h2><a href="/2">Soyuz MS-23 was rolled out to its pad.</a></section>
<section id="comments"><div class="comment"><p>What a day, I watched the whole thing with my son!</p></div></section>"""
    return f"""<!DOCTYPE html>
<html{language}><head><meta charset="{charset}"><title>{TITLE} | Orbital Gazette</title>{head}
<style>p {{ color: black }}</style><script>var old = "Apollo 11 landed on the Moon.";</script></head><body>
<div id="cookies" class="cookie-banner"><p>We use cookies to make your visit sweeter. Do you agree with that?</p>
<button>Accept all</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/space">Space</a></li></ul></nav></header>
<main>{article if body is None else body}</main>
<footer><p>© 2026 Orbital Gazette. All rights reserved.</p></footer></body></html>"""


BROKEN: Final = f"<html><p>{PARAGRAPHS[0]}<p><b>{PARAGRAPHS[1]}<div><i><table><tr><td>odd</b></html"
"""Tags that close nothing, and an end that is none."""

LINKS: Final = newsroom(
    head="", body="".join(f'<li><a href="/{n}">Headline {n} about a rocket</a></li>' for n in range(40))
)
"""The front page: headlines, and no article."""

LOG_IN: Final = newsroom(head="", body="<form><h1>Log in</h1><p>Log in to go on.</p><input><button>Go</button></form>")

NESTED: Final = newsroom(body=("<div>" * 200 + f"<p>{PARAGRAPHS[0]}</p>" * 20 + "</div>" * 200) * 400)
"""Takes the libraries over ten seconds: the depth of each part is as much as the parser takes."""
