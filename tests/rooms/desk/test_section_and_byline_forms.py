"""Sections and bylines: keys that stand in addresses are asked for once and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from broadsheet.desk.models import Byline, Section
from tests.factories import desk

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client


def add_section(client: Client, *, locale: str = "en", **fields: Any) -> HttpResponse:
    data = {"title": "Politics", "key": "politics", "description": "", "order": "0", "comments-TOTAL_FORMS": "0"}
    url = reverse("wagtailadmin_pages:add", args=["desk", "section", desk.paper_home(locale=locale).pk])
    return client.post(url, data | fields)


@pytest.mark.parametrize("key", ["Politics", "chính-trị", "a b", "-a", "a--b", "9to5", "a_b", "a/b", "x" * 41, ".."])
def test_key_that_cannot_stand_in_an_address_is_refused(chief: Client, key: str) -> None:
    response = add_section(chief, key=key)
    assert response.status_code == 200
    assert not Section.objects.exists()


@pytest.mark.parametrize("key", ["by", "feeds", "assets", "pictures", "404", "search", "topics"])
def test_key_the_site_needs_itself_is_refused_with_a_sentence(chief: Client, key: str) -> None:
    html = add_section(chief, key=key).content.decode()
    assert "the site itself needs" in html or "starting with a letter" in html
    assert not Section.objects.exists()


def test_section_is_the_same_subject_in_both_languages(chief: Client) -> None:
    add_section(chief)
    add_section(chief, locale="vi", title="Chính trị")
    english, vietnamese = Section.objects.order_by("locale__language_code")
    assert english.translation_key == vietnamese.translation_key
    assert (english.slug, vietnamese.slug) == ("politics", "politics")


def test_second_section_with_a_key_is_refused_by_the_name_of_the_first(chief: Client) -> None:
    add_section(chief)
    assert "“Politics” has this key already" in add_section(chief, title="Other").content.decode()
    assert Section.objects.count() == 1


def test_key_never_changes_once_it_is_there(chief: Client) -> None:
    section = desk.section(key="politics")
    data = {"title": "Power", "key": "power", "description": "", "order": "3"}
    chief.post(reverse("wagtailadmin_pages:edit", args=[section.pk]), data)
    latest = Section.objects.get().get_latest_revision_as_object()
    assert (latest.title, latest.key, latest.slug) == ("Power", "politics", "politics")


def add_byline(client: Client, **fields: Any) -> HttpResponse:
    data = nested_form_data({"name": "Lê Thu Ngân", "key": "", "names": inline_formset([]), **fields})
    return client.post(reverse("wagtailsnippets_desk_byline:add"), data)


def test_byline_gets_its_key_from_its_name(chief: Client) -> None:
    add_byline(chief)
    assert Byline.objects.get().key == "le-thu-ngan"


def test_second_byline_of_a_name_is_told_of_the_first(chief: Client) -> None:
    add_byline(chief)
    assert "“Lê Thu Ngân” has the key “le-thu-ngan” already" in add_byline(chief).content.decode()
    assert Byline.objects.count() == 1


def test_key_of_a_byline_never_changes(chief: Client) -> None:
    byline = desk.byline(key="lan")
    data = nested_form_data({"name": "Lan N.", "key": "other", "names": inline_formset([])})
    chief.post(reverse("wagtailsnippets_desk_byline:edit", args=[byline.pk]), data)
    byline.refresh_from_db()
    assert (byline.name, byline.key) == ("Lan N.", "lan")


def test_control_character_in_a_name_is_refused(chief: Client) -> None:
    assert "invisible control character (U+0007)" in add_byline(chief, name="La\x07n").content.decode()
