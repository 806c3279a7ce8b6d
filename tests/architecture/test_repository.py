"""What must not be in the repository, and what must be told to those who deploy it."""

import re
import tomllib

from tests.architecture.source import ROOT, name_of, python_files

# Tests run on the real parts; what cannot run here is left out by name (`-m`), never skipped in silence.
PRETENDING = re.compile(
    r"(unittest\.mock|MagicMock|mock\.patch|monkeypatch\.setattr|mark\.(skip|xfail)|pytest\.(skip|xfail))"
)


def test_lock_files_hold_hashes_and_no_address() -> None:
    for path in ROOT.glob("requirements*.lock"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in re.sub(r"#.*", "", text)
        assert "--index-url" not in text
        pinned = [line for line in text.splitlines() if "==" in line]
        assert pinned
        assert all(line.endswith("\\") for line in pinned)


def test_no_test_pretends() -> None:
    found = [
        f"{name_of(path)}:{number} {line.strip()}"
        for path in python_files("tests")
        if path.name != "test_repository.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if PRETENDING.search(line)
    ]
    assert found == []


def test_every_setting_stands_in_the_example() -> None:
    text = (ROOT / "src" / "compact_cases" / "settings.py").read_text(encoding="utf-8")
    settings = set(re.findall(r'given\("([A-Z_]+)"\)', text))
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert settings
    assert {name for name in settings if f"COMPACT_CASES_{name}=" not in example} == set()


def test_the_wheel_carries_all_that_up_needs() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        wheel = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["src/compact_cases", "worker"]
    assert set(wheel["force-include"]) == {"migrations", "templates"}
