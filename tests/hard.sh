#!/usr/bin/env bash
# All tests under hard conditions, one after the other; at the end each one's name and result.
# With names it is those conditions only; PYTEST_ADDOPTS narrows the tests down.
set -euo pipefail
cd "$(dirname "$0")/.."

conditions=(late_answers very_late_answers stalls shuffled thorough one_process just_started one_busy_core)

tests() { "$@" .venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder; }

late_answers() { tests env DESKBREAK_LATE=0.02; }
very_late_answers() { tests env DESKBREAK_LATE=0.2; }
stalls() { tests env DESKBREAK_STALLS=0.3; }
thorough() { tests env DESKBREAK_THOROUGH=1; }
one_process() { .venv/bin/python -m pytest -p no:xdist; }

shuffled() {
  local order=${DESKBREAK_ORDER:-$RANDOM}
  echo "DESKBREAK_ORDER=$order"
  tests env DESKBREAK_ORDER="$order"
}

just_started() {  # a machine that is up for twenty seconds; needs root, as in CI
  local seconds
  seconds=$(cut -d. -f1 /proc/uptime)
  tests unshare --time --boottime $((20 - seconds)) --monotonic $((20 - seconds))
}

one_busy_core() {  # which two others want as well
  local busy=() result=0
  for _ in 1 2; do
    taskset -c 0 sh -c 'while :; do :; done' &
    busy+=($!)
  done
  tests taskset -c 0 || result=$?
  kill "${busy[@]}"
  return "$result"
}

failed=0
results=""
for condition in "${@:-${conditions[@]}}"; do
  printf '\n== %s\n' "$condition"
  # shellcheck disable=SC2310 # a condition's result is what its tests end with
  if "$condition"; then result=passed; else result=FAILED failed=1; fi
  results+=$(printf '\n%-18s %s' "$condition" "$result")
done
echo "$results"
exit "$failed"
