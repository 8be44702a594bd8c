"""Rosters with names of many cultures, and essays that mention their people in every way a student would."""
# ruff: noqa: E501

import random
import unicodedata
from dataclasses import dataclass

from feedforward.inspection.names import Person, folded_name, needs_capital
from feedforward.inspection.nicknames import NICKNAMES

GIVEN = """
    Zoë Anna José María François Jürgen Søren Łukasz Małgorzata Ngọc Thị-Hoa Nguyễn Ayşe Çağla Mehmet Fatima
    Muhammad Abdulrahman Siobhán Aoife O'Shea Chukwuemeka Oluwaseun Nnamdi Priya Siddharth Krishna Aditya Xiaoming
    Wei Jing Haruki Yuki Sakura Minjun Seoyeon Ivan Dmitri Ekaterina Anastasia Olena Björn Åsa Jørgen Guðrún Elif
    Nikolaos Eleni Giovanni Giuseppe Beatriz João Inês Renée Chloé Noël Jean-Pierre Marie-Claire Anne-Sophie
    William Elizabeth Katherine Alexander Benjamin Christopher Daniel Matthew Nicholas Michael Rebecca Samantha
    Thomas Joshua Tamika DeShawn Keanu Leilani Aroha Tāne Makena Wanjiru Thabo Nomvula Amina Yusuf Leila Rashid
    Tomasz Zbigniew Zuzana Jiří Václav Ádám Zsófia Mihai Ștefan Ioana Bogdan Dušan Mark Will Grace Rose May Hope
    Jack
    """.split()  # noqa: SIM905 many quoted words are no easier to read
FAMILY = """
    Müller Schröder O'Brien McDonald García Fernández Rodríguez Núñez Gonçalves Araújo Kowalski Wiśniewska
    Łukasiewicz Nguyễn Phạm Öztürk Yılmaz Çelik Al-Hashimi El-Sayed Okafor Adeyemi Sharma Patel Iyer Zhang Tanaka
    Sato Kim Ivanova Petrov Shevchenko Lindström Sørensen Ødegård Jónsdóttir Papadopoulos Rossi D'Angelo Lefèvre
    Dubois Smith Johnson Williams Washington Kealoha Ngata Kamau Mokoena Hassan Nováková Dvořák Szabó Popescu
    Ionescu Jovanović Smith-Jones Brown Young Green
    """.split()  # noqa: SIM905 many quoted words are no easier to read
PARTICLED = ("de Vries", "van der Berg", "von Hohenstein", "de la Cruz", "dos Santos Oliveira", "Bin Rashid")
FILLING = (
    "The harvest was late that year and nobody knew why.", "I believe that a school should open its library on Sundays.",
    "In my opinion the argument is weak, because it rests on one example.", "We measured the water every day for two weeks.",
    "Many people think that work is only about money; it is not.", "The results were surprising, and the class discussed them.",
)  # fmt: skip
MENTIONS = (
    "I worked on this project with {}.", "{} said that the bridge would hold.", "It was {} who had the idea first.", "My partner {} disagreed with me.",
    "Then we asked {} about the river.", "Thanks to {}, we finished in time.", "When {} and I met, it was raining.", "I, {}, wrote this essay by myself.",
)  # fmt: skip
CITATIONS = (
    "As {} (2019) shows, sleep matters.", "Sleep matters ({}, 2018, p. 4).", "{} et al. (2021) found the opposite.", "This was confirmed later ({} & Ekwall, 2015).",
    "{}, K. (2012). The long night. Oxford: Blue Press.", "According to {} (2003), rivers remember.", "The study ({} 1997) is old.",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """An essay, the spans of its people's names, and the spans of cited authors."""

    text: str
    people: list[tuple[int, int]]
    authors: list[tuple[int, int]]


def roster(seed: int, size: int) -> list[Person]:
    """People with one or two given names and one family name, some written "Family, Given"."""
    chance = random.Random(seed)
    people = []
    for number in range(size):
        given = " ".join(chance.sample(GIVEN, 2 if chance.random() < 0.2 else 1))
        family = chance.choice(PARTICLED) if chance.random() < 0.1 else chance.choice(FAMILY)
        written = f"{family}, {given}" if chance.random() < 0.2 else f"{given} {family}"
        people.append(Person((written,), (f"student{number}@uni{seed}.example",), (f"s{1000000 + number}",)))
    return people


_SPELT: dict[int, str] = {ord(a): b for a, b in zip("øØłŁıđð", "oOlLidd", strict=True)}


def _plain(name: str) -> str:
    spelt = name.translate(_SPELT)
    return "".join(sign for sign in unicodedata.normalize("NFD", spelt) if not unicodedata.combining(sign))


def called(person: Person, chance: random.Random) -> str:
    """One of the ways in which a student writes a name."""
    family, comma, given = person.names[0].partition(", ")
    if not comma:
        parts = person.names[0].split(" ")
        at = next(
            (i for i, part in enumerate(parts[1:-1], 1) if part.lower() in {"de", "van", "von", "dos", "bin"}),
            len(parts) - 1,
        )
        given, family = " ".join(parts[:at]), " ".join(parts[at:])
    first = given.split(" ")[0]
    short = NICKNAMES.get(folded_name(first), ())
    way = chance.randrange(12)
    name = [
        f"{given} {family}", f"{first} {family}", first, family, f"{first[0]}. {family}", f"{family}, {given}", f"{first} {family.split()[-1][0]}.",
        f"{given}\n{family}", chance.choice(short).capitalize() if short else first, _plain(f"{first} {family}"), f"{first} {family}".upper(), first,
    ][way]  # fmt: skip
    if way == 11 and not needs_capital(folded_name(first)):
        name = first.lower()
    return name


def essay(people: list[Person], seed: int) -> Made:
    """About 150 words with five mentions of people, and citations of authors who share a student's family name."""
    chance = random.Random(seed)
    text = ""
    mentioned: list[tuple[int, int]] = []
    authors: list[tuple[int, int]] = []
    cited = {chance.choice(FAMILY) for _ in range(2)} if chance.random() < 0.5 else set()
    for _ in range(5):
        text += chance.choice(FILLING) + chance.choice([" ", "\n\n", "\n"])
        person = chance.choice(people)
        name = called(person, chance)
        if folded_name(name) in {folded_name(author) for author in cited}:
            name = person.names[0]
        possessive = chance.choice(["", "", "", "'s idea", "’s notes"]) if not name.endswith(".") else ""
        before, after = chance.choice(MENTIONS).split("{}")
        mentioned.append((len(text + before), len(text + before + name)))
        text += before + name + possessive + after + " "
    for author in sorted(cited):
        before, after = chance.choice(CITATIONS).split("{}")
        authors.append((len(text + before), len(text + before + author)))
        text += before + author + after + "\n"
    return Made(text, mentioned, authors)
