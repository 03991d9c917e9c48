"""Text from elsewhere (files, buses, calendars, the command line) made safe to show: it can say
anything and do nothing. Every surface that shows text takes it from here, once, at its rim."""

import json
import re
import sys

LONGEST = 500
"""Characters of a line that names something; what is longer was not meant to be read."""

LONGEST_PARAGRAPH = 5000
"""The same for a text that has something to say, or a line that names a path."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # C0, C1, and halves of a character
_UNSEEN = re.compile(  # turns the direction of reading, or takes no room and hides what is there
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_ACTING = re.compile(f"(?!\n){_CONTROLS.pattern}|{_UNSEEN.pattern}")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def one_line(text: str, longest: int = LONGEST) -> str:
    """The text as one line that no terminal, panel or window acts upon; shortened by `…`.

    A line break or a tab becomes a space, any other control character `�`. What turns the
    direction of reading or cannot be seen goes; joiners stay, which some scripts need.
    """
    if not text.isprintable():
        text = " ".join(text.replace("\t", " ").splitlines())
        text = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", _UNSEEN.sub("", text))
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def lines(text: str, longest: int = LONGEST_PARAGRAPH) -> str:
    """The same for a text of several lines; each of them is as long as `longest` at most."""
    if text.isprintable():
        return one_line(text, longest)
    return "\n".join(one_line(line, longest) for line in text.split("\n"))


def markup(text: str) -> str:
    """The text for a place that reads markup, as Pango and most notification servers do.

    (The html module would cost the daemon 0.4 MiB for its entities.)
    """
    return text.translate(_MARKUP)


def in_json(document: str) -> str:
    """The same JSON document, with what a terminal might act upon as `\\u` escapes."""
    return _ACTING.sub(lambda found: json.dumps(found[0])[1:-1], document)


def complain(sentence: str) -> None:
    """Say on standard error what the matter is: the way of every program that is no command."""
    print(f"deskbreak: {one_line(sentence)}", file=sys.stderr)  # noqa: T201 - this is that way
