"""The process that import_cost.py looks at: it imports next to nothing of its own."""

import sys
from time import perf_counter

_KEYS = {"Pss": "pss", "Private_Clean": "uss", "Private_Dirty": "uss"}


def _memory() -> dict[str, int]:
    found = {"pss": 0, "uss": 0}
    with open("/proc/self/smaps_rollup") as file:  # noqa: PTH123 - pathlib would be an import
        for line in file:
            key, _, value = line.partition(":")
            if key in _KEYS:
                found[_KEYS[key]] += int(value.split()[0])
    return found


def _measured(argument: str) -> dict[str, object]:
    name, _, expression = argument.partition(":")
    before, start = _memory(), perf_counter()
    try:
        __import__(name)
        module = sys.modules[name]
        if expression:  # our own argument, on our own machine
            eval(expression, {**vars(module), name.rpartition(".")[2]: module})
    except Exception as error:  # noqa: BLE001 - whatever a module raises is a row of the table
        return {"module": argument, "error": f"{type(error).__name__}: {error}"}
    took, after = perf_counter() - start, _memory()
    return {
        "module": argument,
        "ms": round(took * 1000, 2),
        "pss_kb": after["pss"] - before["pss"],
        "uss_kb": after["uss"] - before["uss"],
        "total_pss_kb": after["pss"],
    }


if __name__ == "__main__":
    _memory()  # opening a file for the first time costs something too
    print([_measured(argument) for argument in sys.argv[1:]])
