from __future__ import annotations

import pytest
import typer

from broadsheet.cli.running import prepare_paper
from broadsheet.edition.values import THE_HOUSE
from broadsheet.ledger.queries import LedgerReader
from broadsheet.press.models import Notice
from tests.factories.guards import guards_lifted


@pytest.mark.django_db(transaction=True)
def test_a_paper_whose_ledger_lost_its_guards_does_not_start_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    with guards_lifted(), pytest.raises(typer.Exit) as stopped:
        prepare_paper()
    assert stopped.value.exit_code == 1
    assert "guard" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_preparing_a_paper_twice_writes_nothing_the_second_time() -> None:
    prepare_paper()
    before = LedgerReader().last_number()
    prepare_paper()
    assert before == LedgerReader().last_number() > 0


@pytest.mark.django_db(transaction=True)
def test_each_start_lets_the_press_look_for_a_changed_theme() -> None:
    prepare_paper()
    assert Notice.objects.filter(subject=THE_HOUSE.name).count() == 1
