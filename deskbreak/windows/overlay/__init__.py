"""The prompt that fills the screen (B19): `adapters/prompts/overlay.py` starts it and asks it.

A JSON object a line on standard input: `{"do": "ask", "title": …, "text": …, "choices":
[{"answer": "walk", "text": "Walk"}, …]}`; without its daemon the question is no longer open. On
standard output `alive` every few seconds, `painted` once and `answered` once (`report.Reporter`).
"""
