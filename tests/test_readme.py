"""What the README says can be typed is typed here, against a home of its own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = ".venv/bin/shortlist"


def commands() -> list[list[str]]:
    """Return the words of every line of the shell blocks marked to be run."""
    blocks = re.findall(r"<!-- run -->\n```sh\n(.*?)```", README, flags=re.DOTALL)
    return [words for line in "".join(blocks).splitlines() if (words := shlex.split(line, comments=True))]


def make_targets() -> set[str]:
    return set(re.findall(r"(?:^|`|\n)make ([a-z]+)", README))


def test_the_readme_shows_five_daily_commands_of_the_program() -> None:
    assert len(commands()) == 5
    assert all(words[0] == PROGRAM for words in commands())


def test_every_command_of_the_readme_works_one_after_the_other(tmp_path: Path) -> None:
    environment = {**os.environ, "SHORTLIST_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
    for words in commands():
        called = [sys.executable, "-m", "cli", *words[1:]]
        done = subprocess.run(called, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{shlex.join(words)}: {done.stderr}"
        assert done.stdout.strip(), shlex.join(words)


@pytest.mark.parametrize("target", sorted(make_targets()))
def test_every_make_target_of_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_every_path_of_the_readme_exists() -> None:
    tree = re.search(r"## The tree\n\n```text\n(.*?)```", README, flags=re.DOTALL)
    assert tree
    named = {word for line in tree[1].splitlines() for word in re.split(r"  +", line)[0].split()}
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def verbs_named() -> list[list[str]]:
    """Every command line of the README's shell blocks that calls the program."""
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    lines = [shlex.split(line, comments=True) for block in blocks for line in block.splitlines()]
    return [words[1:] for words in lines if words and words[0] == PROGRAM]


@pytest.mark.parametrize("words", verbs_named(), ids=" ".join)
def test_every_verb_of_the_readme_and_its_options_exist(words: list[str]) -> None:
    command: click.Command = main
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found, words[0]
        command, words = found, words[1:]
    known = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= known


def test_every_verb_is_somewhere_in_the_readme_or_in_the_page_for_other_systems() -> None:
    text = README + (ROOT / "docs" / "coming-from.md").read_text(encoding="utf-8")
    assert [verb for verb in main.list_commands(click.Context(main)) if not re.search(rf"\b{verb}\b", text)] == []
