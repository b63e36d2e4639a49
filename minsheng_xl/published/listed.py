"""A list of tasks in paragraphs, without any table: numbered items, units behind them in brackets or in lines."""

from minsheng_xl.published.paper import Document, Published


def listed_in(document: Document) -> tuple[Published, ...]:
    """The list of a paper, as one table."""
    return ()
