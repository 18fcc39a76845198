# shellcheck shell=sh
# Shared by the scripts in this folder; sourced, never run.

say() { printf '\n== %s\n' "$*"; }

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

# The command as root: as it is where we are root, through sudo elsewhere.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    fail "this needs root to install packages, and there is no sudo" "run it as root, or install the packages yourself: $*"
  fi
}

cores() { getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2; }
