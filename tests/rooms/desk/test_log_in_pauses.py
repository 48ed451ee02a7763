"""Whoever guesses passwords waits, and cannot make the owner wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.auth import get_user_model
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from broadsheet.desk.errors import TooManyTries
from broadsheet.desk.logins.actions.attempts import Counter, attempt, count_attempt
from broadsheet.desk.logins.models import Attempts
from broadsheet.plain.times import utc_now
from tests.rooms.desk.log_in_hands import browser, is_in, later, refusals, sentences, sign_in, signed_in

if TYPE_CHECKING:
    from tests.rooms.desk.conftest import Newsroom

pytestmark = pytest.mark.django_db
WAIT = "Too many tries. Wait"


def guess(name: str, times: int, *, address: str = "203.0.113.66") -> None:
    guesser = browser(address=address)
    for number in range(times):
        sign_in(guesser, name, f"guess {number}")


@pytest.mark.usefixtures("newsroom")
def test_after_some_failures_the_log_in_waits_and_says_how_long() -> None:
    with time_machine.travel(later(0), tick=False):
        guess("edda", 4)
        assert "password didn" in refusals(sign_in(browser(), "edda", "x"))[0]
        answer = sign_in(browser(), "edda", "x")
    assert f"{WAIT} 5 seconds, then try again." in sentences(answer)


@pytest.mark.usefixtures("newsroom")
def test_during_a_pause_even_the_right_password_does_not_open() -> None:
    with time_machine.travel(later(0), tick=False):
        guess("edda", 5)
        stranger = browser()
        sign_in(stranger, "edda")
        assert not is_in(stranger)


@pytest.mark.usefixtures("newsroom")
def test_a_pause_ends_by_itself_and_grows_with_each_failure() -> None:
    start = later(0)
    with time_machine.travel(start, tick=False) as clock:
        guess("edda", 5)
        clock.shift(6)
        assert WAIT not in sentences(sign_in(browser(), "edda", "x"))
        clock.shift(6)
        assert f"{WAIT} 4 seconds" in sentences(sign_in(browser(), "edda", "x"))
        clock.shift(5)
        person = browser()
        sign_in(person, "edda")
        assert is_in(person)


@pytest.mark.usefixtures("newsroom")
def test_knocking_during_a_pause_does_not_make_it_longer() -> None:
    with time_machine.travel(later(0), tick=False) as clock:
        guess("edda", 50)
        clock.shift(6)
        person = browser()
        sign_in(person, "edda")
        assert is_in(person)


@pytest.mark.usefixtures("newsroom")
def test_somebody_who_guesses_cannot_shut_the_owner_out_of_a_browser_of_hers() -> None:
    hers = signed_in("edda")
    hers.post("/logout/")
    with time_machine.travel(later(0), tick=False) as clock:
        for _ in range(12):
            guess("edda", 6, address="203.0.113.5")
            clock.shift(901)
        guess("edda", 6)
        sign_in(hers, "edda")
    assert is_in(hers)


@pytest.mark.usefixtures("newsroom")
def test_a_known_browser_has_its_own_pause_and_is_known_for_one_account_only() -> None:
    hers = signed_in("edda")
    hers.post("/logout/")
    with time_machine.travel(later(0), tick=False):
        for number in range(5):
            sign_in(hers, "edda", f"guess {number}")
        assert WAIT in sentences(sign_in(hers, "edda"))
        guess("chris", 5)
        assert WAIT in sentences(sign_in(hers, "chris"))


@pytest.mark.usefixtures("newsroom")
def test_a_forged_mark_makes_no_browser_known() -> None:
    hers = signed_in("edda")
    name, value = next((name, cookie.value) for name, cookie in hers.cookies.items() if name.startswith("desk_known"))
    with time_machine.travel(later(0), tick=False):
        guess("edda", 5)
        for forged in ("a" * 32, value[:-1] + ("A" if value[-1] != "A" else "B")):
            stranger = browser()
            stranger.cookies[name] = forged
            assert WAIT in sentences(sign_in(stranger, "edda"))


@pytest.mark.usefixtures("newsroom")
def test_an_unknown_account_waits_like_a_known_one() -> None:
    with time_machine.travel(later(0), tick=False):
        answers = []
        for number, name in enumerate(("edda", "nobody")):
            guess(name, 5, address=f"198.51.100.{number}")
            answers.append(refusals(sign_in(browser(), name, "x")))
    assert WAIT in answers[0][0]
    assert answers[0] == answers[1]


@pytest.mark.usefixtures("newsroom")
def test_an_address_that_tries_many_accounts_waits() -> None:
    with time_machine.travel(later(0), tick=False):
        for number in range(20):
            sign_in(browser(address="2001:db8:1:2::1"), f"name {number}", "Winter2026!")
        same_house = browser(address="2001:db8:1:2:ffff::9")
        assert WAIT in sentences(sign_in(same_house, "edda"))
        elsewhere = browser(address="2001:db8:1:3::1")
        sign_in(elsewhere, "edda")
        assert is_in(elsewhere)


@pytest.mark.usefixtures("newsroom")
def test_ones_own_success_does_not_wipe_the_failures_of_the_address() -> None:
    with time_machine.travel(later(0), tick=False):
        for number in range(20):
            sign_in(browser(), f"name {number}", "x")
            if number == 10:
                sign_in(browser(), "rita")
        assert WAIT in sentences(sign_in(browser(), "edda"))


@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize("name", ["EDDA", "edda ", "\uff45dda"])
def test_writing_the_name_otherwise_gives_no_new_tries(name: str) -> None:
    with time_machine.travel(later(0), tick=False):
        guess("edda", 5)
        assert WAIT in sentences(sign_in(browser(), name, "x"))


def test_success_forgives(newsroom: Newsroom) -> None:
    for _ in range(3):
        guess("edda", 3)
        signed_in(newsroom.editor.username)
    assert Attempts.objects.filter(failures__gt=3).count() == 1  # the guesser's address


@pytest.mark.usefixtures("db")
def test_an_attempt_is_counted_before_it_is_made_so_that_many_at_once_gain_nothing() -> None:
    counters, now = (Counter("one", free=1),), utc_now()
    with attempt(counters, now=now), pytest.raises(TooManyTries):
        count_attempt(counters, now=now)


@pytest.mark.usefixtures("db")
def test_old_failures_are_forgotten_and_their_rows_go() -> None:
    start = utc_now()
    for name in ("one", "two"):
        count_attempt((Counter(name, free=1),), now=start)
    with time_machine.travel(later(86_401)):
        count_attempt((Counter("two", free=1),), now=utc_now())
    assert Attempts.objects.get().failures == 1


@pytest.mark.usefixtures("newsroom")
def test_the_table_tells_neither_accounts_nor_addresses() -> None:
    guess("edda", 1)
    assert not [key for key in Attempts.objects.values_list("key", flat=True) if "edda" in key or "203" in key]


@pytest.mark.parametrize("sender", ["127.0.0.1", "203.0.113.9"])
def test_a_proxy_is_believed_and_nobody_else(sender: str) -> None:
    seen = {}
    desk = wrap_wsgi_with_proxy_headers(lambda scope, _answer: seen.update(scope), "127.0.0.1,::1")
    desk({"REMOTE_ADDR": sender, "HTTP_X_FORWARDED_FOR": "1.1.1.1, 198.51.100.7"}, None)
    assert seen["REMOTE_ADDR"] == ("198.51.100.7" if sender == "127.0.0.1" else sender)


@pytest.mark.usefixtures("newsroom")
def test_a_deactivated_person_does_not_get_in() -> None:
    get_user_model().objects.filter(username="edda").update(is_active=False)
    person = browser()
    sign_in(person, "edda")
    assert not is_in(person)
