"""The settings window, made from the one definition of settings (`settings.model`).

Pure: `pages` (what stands where), `phrases` (values as text and back), `document` (reads and
changes the file). Qt: `style`, `fields` and `rows` (the controls), `views` (settings and pages),
`body` (what is inside the window), `window`, and `open` (the process).
"""
