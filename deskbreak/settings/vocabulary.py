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
    "heads_up", "prompt", "stand_prompt", "sit_prompt", "prompt_withdrawn", "snoozed", "skipped",
    "dismissed", "ignored", "break_started", "break_ended", "natural_break", "bout_ended",
    "posture", "hold", "hold_over", "reminder", "paused", "resumed", "feedback",
    "level_offered", "level_set", "day_closed",
]  # fmt: skip

EVERY_DAY: tuple[Day, ...] = get_args(Day)
AREAS: tuple[Area, ...] = get_args(Area)
HOOK_EVENTS: tuple[HookEvent, ...] = get_args(HookEvent)
