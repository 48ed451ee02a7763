"""Where sheets are put. ``FolderStore`` is what readers are served from; ``MemoryStore`` is for previews and tests.

Layout of the folder, which ``serve`` and any web server rely on:

* page ``/en/politics/`` is ``en/politics/index.html``, or ``gone.html`` (answer 410) or ``moved.txt`` (redirect to the
  address in it) in its place; ``gone.html`` wins over ``moved.txt``, that over ``index.html``;
* file ``/en/atom.xml`` is ``en/atom.xml``;
* text files have twins ``<name>.gz`` and ``<name>.br`` beside them, put before the file itself;
* a name that starts with a dot is work in progress and is never served.
"""

from __future__ import annotations
