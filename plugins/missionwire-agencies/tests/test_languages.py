"""Texts in five languages are tagged right."""

import asyncio

import pytest

from missionwire.plugin import Document
from missionwire.testing import make
from missionwire_agencies import Agencies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Dream Chaser was lofted by United Launch Alliance, NASA said.",
            [("ula", "launcher"), ("nasa", "source")],
        ),
        ("Two JAXA astronauts fixed the pump, according to NASA.", [("jaxa", "operator"), ("nasa", "source")]),
        (
            "A sonda foi lançada pela Arianespace, segundo a Agência Espacial Europeia.",
            [("arianespace", "launcher"), ("esa", "source")],
        ),
        ("A Agência Espacial Brasileira e a Nasa anunciaram o satélite.", [("aeb", "source"), ("nasa", "source")]),
        (
            "La nave fue construida por Boeing, informó la agencia espacial estadounidense.",
            [("boeing", "manufacturer"), ("nasa", "source")],
        ),
        (
            "Esa nave de la ESA salió de la estación, y así lo confirmó la NASA.",
            [("esa", "operator"), ("nasa", "source")],
        ),
        (
            "Le satellite a été lancé par Arianespace pour le compte du CNES.",
            [("arianespace", "launcher"), ("cnes", "customer")],
        ),
        (
            "L'Agence spatiale canadienne a annoncé le vol, en collaboration avec la NASA.",
            [("csa", "source"), ("nasa", "partner")],
        ),
        (
            "Корабль построен РКК «Энергия», сообщили в Роскосмосе.",
            [("energia", "manufacturer"), ("roscosmos", "source")],
        ),
        (
            "По данным Европейского космического агентства, аппарат запущен SpaceX.",
            [("esa", "source"), ("spacex", "launcher")],
        ),
        (
            "Космонавты прошли подготовку в Центре подготовки космонавтов в Звёздном городке.",
            [("gctc", "mentioned"), ("gctc", "mentioned")],
        ),
    ],
)
def test_agencies_and_roles(text: str, expected: list[tuple[str, str]]) -> None:
    plugin = make(Agencies)
    plugin.startup()
    found = asyncio.run(plugin.annotate(Document(id="a", text=text)))
    assert [(mention.id, mention.role) for mention in found] == expected
