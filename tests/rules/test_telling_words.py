"""By which words somebody can be known, however they are written; and which say nothing of who it is."""

import pytest

from compact_cases.rules.names import found_in, marked, telling_words

# what the raiser's rows say, a text that crosses, and what of it must not
TELLS = [
    # short words: whole, in the same case
    (["Sue Ng"], "Ng came, with Sue.", ("Ng", "Sue")),
    (["Hillview HTA"], "The HTA wrote.", ("HTA",)),
    (["the WI"], "The WI met, and the WI's hall.", ("WI", "WI's")),
    (["the WI"], "A WI-led walk. Two WIs.", ("WI", "WIs")),
    # initials with stops, either way round
    (["H.T.A."], "Both the HTA and the H. T. A. wrote.", ("HTA", "H. T. A.")),
    (["HTA"], "The H.T.A. wrote, says H T A.", ("H.T.A.", "H T A")),
    (["J.R. Okafor"], "A note by J R.", ("J R",)),
    # other scripts, and marks that stand apart
    (["Олена Коваль"], "Пані Коваль написала.", ("Коваль",)),
    (["Ελένη Παππά"], "Η ΕΛΕΝΗ έγραψε.", ("ΕΛΕΝΗ",)),
    (["王小明"], "由王小明写的信。", ("王小明",)),
    (["김민수"], "김민수가 말했다.", ("김민수",)),
    (["सुनीता"], "यह सुनीता ने लिखा।", ("सुनीता",)),
    (["علي"], "كتب علي هذا.", ("علي",)),
    (["Élodie"], "E\u0301lodie and ELODIE wrote.", ("E\u0301lodie", "ELODIE")),
    (["Łukasz"], "Lukasz wrote.", ("Lukasz",)),
    # joined spellings, either way round
    (
        ["Elmfield Tenants"],
        "See ElmfieldTenants or #elmfieldtenants.",
        ("ElmfieldTenants", "elmfieldtenants"),
    ),
    (["Elmfield Tenants"], "The elmfieldgroup.", ("elmfieldgroup",)),
    (["Elmfield"], "The people of Elm Field, of Elm-field.", ("Elm Field", "Elm-field")),
    (["O'Brien"], "O Brien and O’Brien.", ("O Brien", "O’Brien")),
    (["Ng-Li"], "Ng-Li wrote.", ("Ng-Li",)),
    # web and e-mail addresses
    (["info@hta.org.uk"], "See HTA.org.uk, or www.hta.org.uk/news.", ("HTA.org.uk", "hta.org.uk")),
    (["tk@gmail.com"], "Write to tk@gmail.com.", ("tk@gmail.com",)),
    (["www.elmfieldtenants.org"], "The elmfieldtenants page.", ("elmfieldtenants",)),
    # telephone numbers, however they are grouped; post codes
    (["01453 555 019"], "Ring 01453 555019.", ("01453 555019",)),
    (["01453 555 019"], "Ring (01453) 555-019 or +44 1453 555 019.", ("(01453) 555-019", "+44 1453 555 019")),
    (["01453 555 019"], "Ring 555019.", ("555019",)),
    (["2 Mill Lane, Uley GL11 5TT"], "In GL11, near Mill Lane.", ("GL11", "Mill")),
    (["4 Church Lane"], "The Church Lane people.", ("Church Lane",)),
]
NOTHING = [
    (["the WI"], "The Wi-Fi was off, and nothing with it. Wild wi wIt."),
    (["Sue Ng"], "Nothing was said; NG is a grid, and to sue is costly."),
    (["Wi Lam"], "The Wi-Fi."),
    (["The Community Group and the Council"], "A community group wrote to the council."),
    (["Friends of the Park"], "Friends of the council; the park is open."),
    (["Secretary", "Chair of the committee"], "The secretary and the chair were told."),
    (["rose@gmail.com"], "Write to us, for example at office@gmail.com."),
    (["01453 555 019"], "From 2026-03-02, by 17:00, 555 people, reference 2026/0042, 01452 111222."),
    (["1st Uley Scouts"], "On the 1st of March."),
    (["Rosa Field"], "The playing fieldwork."),
    ([], "Anybody at all wrote from Stroud: 01453 555 019."),
]


@pytest.mark.parametrize(("identity", "text", "found"), TELLS)
def test_it_tells(identity: list[str], text: str, found: tuple[str, ...]) -> None:
    words = telling_words(identity)
    assert found_in(text, words) == found
    assert "".join(piece for piece, _ in marked(text, words)) == text


@pytest.mark.parametrize(("identity", "text"), NOTHING)
def test_it_says_nothing(identity: list[str], text: str) -> None:
    assert found_in(text, telling_words(identity)) == ()


def test_of_a_sentence_only_the_names_tell() -> None:
    words = telling_words([], ["Agreed by Councillor Ng at our meeting, ask her at sue@hillview.example"])
    assert found_in("They agreed at a meeting; ask Ng of Hillview.", words) == ("Ng", "Hillview")


def test_who_is_known_to_both_tells_neither() -> None:
    words = telling_words(["Sue Ng", "HTA", "01453 555 019"]) - telling_words(["HTA", "+44 1453 555019"])
    assert found_in("Ng of the HTA, 01453 555019.", words) == ("Ng",)
