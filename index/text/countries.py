"""Places and the words made of their names: Russia and Russian, the United States and America.

In: a word of a name. Out: whether two mean one place. A short table holds the irregular ones;
the rest follow the endings. Which people live where, or what lies where, is not known here.
"""

from __future__ import annotations

_ONE_PLACE = """
    us usa america american americans unitedstates; uk britain british briton britons unitedkingdom;
    eu europeanunion; un unitednations; uae emirati emiratis;
    france french frenchman; germany german germans; netherlands dutch; spain spanish spaniard spaniards;
    switzerland swiss; denmark danish dane danes; sweden swedish swede swedes; poland polish pole poles;
    turkey turkish turk turks; greece greek greeks; china chinese prc; ireland irish; scotland scottish scots;
    wales welsh; england english; norway norwegian norwegians; philippines philippine filipino filipinos filipina;
    thailand thai thais; afghanistan afghan afghans; czechia czech czechs; slovakia slovak slovaks;
    argentina argentine argentines argentinian; lebanon lebanese; myanmar burma burmese; peru peruvian;
    ukraine ukrainian ukrainians; niger nigerien; congo congolese; cyprus cypriot; portugal portuguese;
    mexico mexican mexicans; europe european europeans; uyghur uyghurs xinjiang; finland finnish finn finns;
    iceland icelandic; serbia serb serbs serbian; croatia croat croats croatian; israel israeli israelis;
    paris parisian; london londoner londoners; republican republicans gop; democrat democrats
    democratic; covid coronavirus covid19
"""
_PLACE_OF = {word: words.split()[0] for words in _ONE_PLACE.split(";") for word in words.split()}
_ENDINGS = ("ians", "ian", "ans", "an", "ns", "n", "ese", "ish", "ers", "er", "ite", "ites", "ic", "is", "i", "s", "")


def place(word: str) -> str:
    """The word under which a place goes: `word` itself, small and without stops, but for the irregular ones."""
    small = word.lower().replace(".", "").replace(" ", "")
    return _PLACE_OF.get(small, small)


def of_one_place(one: str, other: str) -> bool:
    """Whether two words of names, in any case, name a place and what belongs to it, or the same."""
    one, other = place(one), place(other)
    if one == other:
        return True
    if one in _PLACE_OF or other in _PLACE_OF:
        return False
    short, long = sorted((one, other), key=len)
    for stem in (short, short[:-1]):
        if len(stem) >= 4 and long.startswith(stem) and long[len(stem) :] in _ENDINGS:
            return short == stem or short[-1] in "aeoy"
    return False
