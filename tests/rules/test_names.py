"""Names that must not be there: found however they are written, taken out whole, everyday words left."""

from compact_cases.rules.names import found_in, marked, missing, telling_words, without

IDENTITY = ["Élodie O'Brien", "Elmfield Tenants & Friends Association", "Stroud", "rose@elmfield.example"]


def test_words_of_a_name_are_found_in_any_case_with_or_without_marks() -> None:
    words = telling_words(IDENTITY)
    text = "ELODIE and obrien's friends of the association met in Stroud's hall; Elmfields too."
    assert found_in(text, words) == ("ELODIE", "obrien's", "Stroud's", "Elmfields")


def test_everyday_words_of_a_name_are_no_warning() -> None:
    words = telling_words(["The Community Group and the Council"])
    assert found_in("A community group wrote to the council on 01453 555 019.", words) == ()


def test_the_pieces_of_a_marked_text_are_the_text() -> None:
    text = "Elmfield\n  wrote, and Élodie signed."
    pieces = marked(text, telling_words(IDENTITY))
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, tells in pieces if tells] == ["Elmfield", "Élodie"]


def test_phrases_are_taken_out_whole_longest_first() -> None:
    text = "Elmfield  Tenants wrote. elmfield tenants\nand Elmfield again."
    left = without(text, ["Elmfield", "elmfield tenants"])
    assert left == "[removed] wrote. [removed]\nand [removed] again."
    assert without(text, ["", "  "]) == text
    assert without("a.b (c)", ["a.b", "(c)"]) == "[removed] [removed]"


def test_a_phrase_that_stands_nowhere_is_a_slip() -> None:
    assert missing("Elmfield wrote.", ["elmfield", "Elmfeld", " "]) == ["Elmfeld"]
