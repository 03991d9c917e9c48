"""The settings window, made from the one definition of settings (`settings.model`).

Pure: `pages` (what stands where), `words` (values as text and back), `steps` (up and down),
`presets` (what each changes). `document` reads and changes the file. The rest is Qt.
"""
