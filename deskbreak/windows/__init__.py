"""Programs with a face, each a process of its own, and what they say to the daemon (`report`).

What players of every kind share is here, without Qt: `asked` are their words, `playing` runs a
routine, `says` and `told` put it into words, `ears` let it be heard, `loops` choose the picture.
"""
