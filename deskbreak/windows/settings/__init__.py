"""The settings window, made from the one definition of settings (`settings.model`).

Pure: `pages` (what stands where), `phrases` (values as text and back), `document` (the file).
"""
