"""Other ways to find an entry, each behind the same two methods.

Their libraries come with the extra `bench` and are imported only where they run, so that the memory of each
is its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Protocol

from knowledge import words
from knowledge.features import feature_of
from knowledge.load import Knowledge
from knowledge.search import Search

Phrasing = tuple[str, str, str]
"""Entry, language, words as written."""

Found = tuple[str | None, float]
"""The best entry with the engine's own score; the scores of two engines cannot be compared."""


class Engine(Protocol):
    """Finds the best entry of those whose phrasings it was built from."""

    def build(self, knowledge: Knowledge, phrasings: Sequence[Phrasing]) -> None:
        """Makes whatever it looks things up in."""

    def best(self, question: str) -> Found:
        """The entry of the nearest phrasing."""


class Ours:
    """The search of this project; its score is the confidence that the first candidate alone is right."""

    def build(self, knowledge: Knowledge, phrasings: Sequence[Phrasing]) -> None:
        """The index of the whole knowledge, vocabulary included."""
        self.search = Search(knowledge)

    def best(self, question: str) -> Found:
        """The candidate of the highest score; a redirect that only stands before it does not count."""
        found = self.search.find(question).candidates
        if not found:
            return None, 0.0
        ranked = tuple(sorted(found, key=lambda candidate: -candidate.score))
        return ranked[0].entry, self.search.confidence(ranked)


class Fuzzy:
    """rapidfuzz over normalised phrasings, with one of its scorers."""

    def __init__(self, scorer: str) -> None:
        self._scorer = scorer

    def build(self, knowledge: Knowledge, phrasings: Sequence[Phrasing]) -> None:
        """Nothing but the normalised phrasings: there is no index."""
        self._extract_one: Callable[..., Any] = import_module("rapidfuzz.process").extractOne
        self._function: Any = getattr(import_module("rapidfuzz.fuzz"), self._scorer)
        self._owners = [entry for entry, _, _ in phrasings]
        self._choices = [words.normalise(text) for _, _, text in phrasings]

    def best(self, question: str) -> Found:
        """The most alike phrasing."""
        found = self._extract_one(words.normalise(question), self._choices, scorer=self._function)
        return (self._owners[found[2]], found[1]) if found else (None, 0.0)


class Bm25:
    """bm25s over our stems; a document is a phrasing, or a whole entry."""

    def __init__(self, *, whole_entries: bool) -> None:
        self._whole_entries = whole_entries

    def build(self, knowledge: Knowledge, phrasings: Sequence[Phrasing]) -> None:
        """The index of bm25s, with its default settings."""
        documents: list[list[str]] = []
        self._owners: list[str] = []
        for entry, language, text in phrasings:
            stems = [feature_of(token, language) for token in words.tokens(text)]
            if self._whole_entries and self._owners and self._owners[-1] == entry:
                documents[-1] += stems
            else:
                documents.append(stems)
                self._owners.append(entry)
        self._index: Any = import_module("bm25s").BM25()
        self._index.index(documents, show_progress=False)
        self._known = frozenset(stem for document in documents for stem in document)

    def best(self, question: str) -> Found:
        """The document of the highest score."""
        marked = (feature_of(token, "lv") for token in words.tokens(question))
        alternatives = (stem for token in words.tokens(question) for stem in words.stems(token))
        stems = [stem for stem in dict.fromkeys((*marked, *alternatives)) if stem in self._known]
        if not stems:
            return None, 0.0
        scores = self._index.get_scores(stems)
        best = int(scores.argmax())
        return self._owners[best], float(scores[best])


class Fts5:
    """SQLite's full-text index over normalised phrasings; any of the words may match."""

    def build(self, knowledge: Knowledge, phrasings: Sequence[Phrasing]) -> None:
        """A table in memory."""
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE asks USING fts5(entry UNINDEXED, text)")
        rows = ((entry, words.normalise(text)) for entry, _, text in phrasings)
        self._database.executemany("INSERT INTO asks VALUES (?, ?)", rows)

    def best(self, question: str) -> Found:
        """The row of the best bm25 rank."""
        forms = dict.fromkeys(token.form.replace('"', "") for token in words.tokens(question))
        if not forms:
            return None, 0.0
        row = self._database.execute(
            "SELECT entry, rank FROM asks WHERE asks MATCH ? ORDER BY rank LIMIT 1",
            (" OR ".join(f'"{form}"' for form in forms),),
        ).fetchone()
        return (str(row[0]), -float(row[1])) if row else (None, 0.0)


class NGrams:
    """scikit-learn's TF-IDF over character 2- to 4-grams of normalised phrasings."""

    def build(self, knowledge: Knowledge, phrasings: Sequence[Phrasing]) -> None:
        """A sparse matrix, a row a phrasing."""
        vectorizer = import_module("sklearn.feature_extraction.text").TfidfVectorizer
        self._vectors: Any = vectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        texts = [words.normalise(text) for _, _, text in phrasings]
        self._columns: Any = self._vectors.fit_transform(texts).T.tocsr()
        self._owners = [entry for entry, _, _ in phrasings]

    def best(self, question: str) -> Found:
        """The phrasing of the greatest cosine."""
        scores = (self._vectors.transform([words.normalise(question)]) @ self._columns).tocsr()
        if not scores.nnz:
            return None, 0.0
        best = int(scores.data.argmax())
        return self._owners[int(scores.indices[best])], float(scores.data[best])


ENGINES: dict[str, Callable[[], Engine]] = {
    "ka2bot": Ours,
    "WRatio": lambda: Fuzzy("WRatio"),
    "token_set_ratio": lambda: Fuzzy("token_set_ratio"),
    "bm25s": lambda: Bm25(whole_entries=False),
    "bm25s, entries": lambda: Bm25(whole_entries=True),
    "SQLite FTS5": Fts5,
    "char n-grams": NGrams,
}
"""Every engine by the name the table shows."""
