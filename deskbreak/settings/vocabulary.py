"""The closed sets of words that settings choose from."""

from typing import Literal, get_args

Escalation = Literal["never", "urgent", "overlay"]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Place = Literal["desk", "standing", "walk", "stairs", "floor"]
Area = Literal[
    "hips",
    "glutes",
    "hamstrings",
    "core",
    "ankles",
    "low_back",
    "upper_back",
    "shoulders",
    "neck",
    "wrists",
    "eyes",
    "whole_body",
]
Tag = Literal[
    "knee",
    "kneeling",
    "wrist",
    "shoulder",
    "neck",
    "balance",
    "dizziness",
    "late_pregnancy",
    "osteoporosis",
    "hip_replacement",
    "high_bp",
    "leg_symptoms",
]
RecentPain = Literal["none", "under_6_weeks", "under_3_months", "longer"]
Style = Literal["dynamic", "static"]
Shade = Literal["auto", "light", "dark"]
HookEvent = Literal[
    "prompt", "break_started", "break_ended", "posture", "hold", "paused", "resumed"
]

EVERY_DAY: tuple[Day, ...] = get_args(Day)
AREAS: tuple[Area, ...] = get_args(Area)
HOOK_EVENTS: tuple[HookEvent, ...] = get_args(HookEvent)
