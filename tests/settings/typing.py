"""What people type for lengths and times of day: the one table that every way in is held to."""

LENGTHS = {
    "0s": 0,
    "90s": 90,
    "30m": 1800,
    "1h15m": 4500,
    "0d5h": 18_000,
    "120m": 7200,
    "007s": 7,
    "50": 3000,
    "1.5": 90,
    "50 min": 3000,
    "50min": 3000,
    "50 mins": 3000,
    "45 minutes": 2700,
    "45 Minutes": 2700,
    "30M": 1800,
    "1 h 30": 5400,
    "1h30": 5400,
    "1 h 30 min": 5400,
    "1h 5m": 3900,
    "2 hours": 7200,
    "1 hour": 3600,
    "1 hr": 3600,
    "1.5h": 5400,
    "1,5 h": 5400,
    "5m 30": 330,
    "90 sec": 90,
    " 20 m ": 1200,
    "1\N{NO-BREAK SPACE}h": 3600,
}
"""Seconds, where a lone number is minutes."""

UNCLEAR_LENGTHS = {
    "1:30": '"1h30m" or "1m30s", whichever you mean',
    "0:45": '"0h45m" or "0m45s", whichever you mean',
}
NO_LENGTHS = (
    "", "soon", "m", "5m1h", "5m5m", "-5m", "5 30", "٣s", "5m\n", "1w",
    "1h30m5s2", "1e3", "5;", ".5h",
)  # fmt: skip
MISSPELT_LENGTHS = {"45 mintes": "45 minutes", "2 huors": "2 hours"}

TIMES = {
    "9": "09:00",
    "12": "12:00",
    "0": "00:00",
    "17": "17:00",
    "9:00": "09:00",
    "09:00": "09:00",
    "9.30": "09:30",
    "12.45": "12:45",
    "9h30": "09:30",
    "17h": "17:00",
    "5pm": "17:00",
    "5 PM": "17:00",
    "5:30 p.m.": "17:30",
    "9.30am": "09:30",
    "12am": "00:00",
    "12pm": "12:00",
    "noon": "12:00",
    "midnight": "00:00",
    "05": "05:00",
    "5:00": "05:00",
    " 9:00 ": "09:00",
}
UNCLEAR_TIMES = {
    "5": '"5:00" or "17:00", whichever you mean',
    "9.3": '"9:30" or "9:03", whichever you mean',
}
NO_TIMES = (
    "", "25:00", "9:60", "9:5", "13pm", "0am", "930", "1230", "24:30", "24:00",
    "-1", "9:00:", "five", "9:00\n", "9m",
)  # fmt: skip
