"""A newsroom as a process of its own: ``fill`` brings the demo's stories in, ``write`` works until its input ends.

At work it uploads a picture and releases a story with it, over and over, and prints the number of each release.
"""

from __future__ import annotations

import sys
import threading

from broadsheet.cli.main import start_django

start_django()

# Models can be imported only once Django has started.
from django.conf import settings  # noqa: E402
from wagtail.models import Locale  # noqa: E402

from broadsheet.cli.running import prepare_paper  # noqa: E402
from broadsheet.demo.loading import load_demo  # noqa: E402
from broadsheet.desk.actions import Release  # noqa: E402
from broadsheet.desk.actors import acting_as  # noqa: E402
from broadsheet.desk.models import Section  # noqa: E402
from broadsheet.desk.pictures import PictureWords, receive_picture  # noqa: E402
from broadsheet.ledger.queries import LedgerReader  # noqa: E402
from broadsheet.plain.times import utc_now  # noqa: E402
from broadsheet.press.actions import press_due, the_press  # noqa: E402
from tests.factories import desk  # noqa: E402


def fill() -> None:
    prepare_paper()
    load_demo(configuration=settings.CONFIGURATION, now=utc_now())
    press_due(press=the_press())


def write() -> None:
    section = Section.objects.filter(locale=Locale.objects.get(language_code="en")).order_by("pk")[0]
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    number = 0
    while not ended.is_set():
        number += 1
        with acting_as("system:test"):
            words = PictureWords(title=f"Boat {number}", text_locale="en", alt="A boat", credit="Lan Nguyễn")
            data = desk.jpeg_bytes(colour=f"rgb({number % 256},{number // 256},30)")
            picture = receive_picture(data=data, name=f"boat-{number}.jpg", words=words)
            story = desk.story(title=f"Late news {number}", inside=section, lead_picture=picture, lead_alt="A boat")
            story.bylines.set([])
            story.save_revision()
            Release(story, now=utc_now()).execute()
        print(LedgerReader().last_number(), flush=True)
    press_due(press=the_press())


{"fill": fill, "write": write}[sys.argv[1]]()
