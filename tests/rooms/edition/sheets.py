"""The sheets that stories of the fourth of March 2026 show on, by what they are."""

FRONTS = ["/en/", "/en/news/"]
#: Every list that shows a headline of the day, in the order they are written.
LISTS = ["/en/", "/en/archive/2026/03/04/", "/en/news/", "/en/news/2026/03/"]
SITEMAP = ["/sitemaps/en/2026/03/04.xml"]
FULL_TEXT = ["/en/atom.xml", "/en/rss.xml"]
FEEDS = ["/en/atom.xml", "/en/news/rss.xml", "/en/rss.xml", "/sitemaps/en/news.xml"]
LATEST = ["/_fragments/1/en/latest.html", "/_fragments/1/en/news/latest.html"]
#: What the first story of a day, a month and a section opens, and the last one closes.
BUCKETS = ["/en/archive/2026/03/", "/en/archive/2026/03/04/", "/en/news/2026/03/", *SITEMAP]
#: Pages of the language that show no story by themselves.
FIXED = {"/en/by/", "/en/topics/", "/en/corrections/", "/en/404.html", "/404.html", "/_search/en/results.html"}
INDEXES = ["/en/archive/", "/en/news/archive/", "/sitemap.xml"]
#: All that changes with the first story of a paper, and with its last.
AROUND = {*FRONTS, *BUCKETS, *INDEXES, *FEEDS, *LATEST}
#: Every page of the language that has a head and a foot, while no story is out.
ENGLISH = {"/en/", "/en/news/", "/en/archive/", "/en/news/archive/", *FIXED}
