"""Sessions to report about, and a report taken apart."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import islice

from collection.collection import Collection
from collection.embeddings import Embeddings
from collection.samples import load_sample
from providers.registry import PROVIDERS
from tests.exchange.session_file.session_files import unit_rows
from ui.export.contents import export_contents
from ui.export.report import report_of, session_report
from ui.state.compared_setups import ComparedSetups
from ui.state.editing import CollectionEditing
from ui.state.session import Session


def few_items(pictures=6, captions=6):
    """Return some of the gallery with the pairs among them."""
    gallery = load_sample("gallery")
    items = [*islice(gallery.pictures, pictures), *islice(gallery.texts, captions)]
    ids = {item.id for item in items}
    pairs = [pair for pair in gallery.pairs if ids.issuperset(pair)]
    return Collection().adding(items, pairs)


def session_of(collection, setups=2, without=()):
    """Return a session in which so many providers gave vectors by lot, none for some items."""
    state = Session(CollectionEditing(collection), ComparedSetups())
    ids = tuple(item_id for item_id in collection.items if item_id not in without)
    for number, provider in enumerate(islice(PROVIDERS.values(), setups)):
        setup = provider.info.setup()
        vectors = unit_rows(len(ids), setup.dimension, number)
        row = state.compared.rows_of(provider.info.id)[0]
        state.compared.choose(row, setup)
        state.compared.ticked.add(row)
        state.embedding.results[setup] = Embeddings(setup, ids, vectors)
    return state


def written(state, hide=None):
    contents = export_contents(state)
    hidden = contents if hide is None else replace(contents, hide=hide)
    return session_report(state, hidden).decode()


def made(state):
    return report_of(state, export_contents(state))


class Elements(HTMLParser):
    """The elements of a page in order, each with its attributes and the text right in it."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self._open = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))

    def handle_data(self, data):
        if self.found:
            self.found[-1][2].append(data)

    def all(self, *tags):
        return [(attrs, "".join(text)) for tag, attrs, text in self.found if tag in tags]

    @property
    def headings(self):
        return [tag for tag, *_ in self.found if re.fullmatch("h[1-6]", tag)]
