import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.extraction.assembly import Piece, assembled
from feedforward.extraction.document import BlockKind, Document, count_words
from feedforward.extraction.extract import document_from_text
from feedforward.extraction.refusal import ExtractionRefused
from feedforward.extraction.unseen import settle

pieces = st.builds(
    Piece,
    kind=st.sampled_from(BlockKind),
    text=st.text(max_size=40),
    level=st.none() | st.integers(1, 6),
    page=st.none() | st.integers(1, 9),
    gap=st.none() | st.sampled_from(["\n", "\n\n\n"]),
)


def check_offsets(document: Document) -> None:
    position = 0
    for block in document.blocks:
        assert position <= block.start < block.end <= len(document.text)
        assert not document.text[position : block.start].strip()
        own = document.text[block.start : block.end]
        assert own.strip()
        assert own == own.rstrip()
        assert block.kind is BlockKind.CODE or "\n\n" not in own
        position = block.end
    assert position == len(document.text)


@given(st.lists(pieces, max_size=12))
def test_blocks_of_any_pieces_hold_their_own_text_in_order(given_pieces: list[Piece]) -> None:
    if not any(count_words(settle(piece.text)[0]) for piece in given_pieces):
        with pytest.raises(ExtractionRefused):
            assembled(given_pieces, media_type="text/plain")
        return
    document = assembled(given_pieces, media_type="text/plain")
    check_offsets(document)
    assert Document.from_json(document.to_json()) == document


@given(st.text(max_size=400))
def test_a_pasted_text_is_refused_as_empty_or_becomes_blocks_that_cover_it(text: str) -> None:
    if not count_words(settle(text)[0]):
        with pytest.raises(ExtractionRefused):
            document_from_text(text)
        return
    document = document_from_text(text)
    check_offsets(document)
    assert document.word_count > 0


def test_words_are_counted_as_a_person_would_count_them() -> None:
    assert count_words("") == 0
    assert count_words("— … 。 ¹") == 0
    assert count_words("A well-known fact—so they say—isn't 3.5 % of it.") == 10
    assert count_words("我们学习") == 4


def test_paragraphs_of_a_pasted_text_are_parted_by_blank_lines_and_titles_are_known() -> None:
    document = document_from_text(
        "On Bridges\n\nBridges carry us.  They last.\n\n\n- one\n- two\n\nReferences\n\nRoe, A. (2020). X."
    )
    assert (
        document.text
        == "On Bridges\n\nBridges carry us.  They last.\n\n- one\n- two\n\nReferences\n\nRoe, A. (2020). X."
    )
    kinds = [block.kind for block in document.blocks]
    assert kinds == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.HEADING,
        BlockKind.REFERENCE,
    ]


def test_lines_that_an_editor_wrapped_are_joined_and_those_of_a_poem_stay() -> None:
    wrapped = (
        "The river rises in the hills above the town and runs west\n"
        "until it meets the canal, where the old mill used to stand\nand grain was ground."
    )
    assert "\n" not in document_from_text(wrapped).text
    poem = "The river rises\nin the hills\nand I with it\nuntil the evening bells are heard above the old stone bridge"
    assert document_from_text(poem).text == poem


def test_long_lines_are_paragraphs_of_their_own() -> None:
    line = "This sentence is here to make a long line. " * 5
    assert len(document_from_text(f"{line}\n{line}\n{line}").blocks) == 3
