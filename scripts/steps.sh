# Sourced by scripts/lint and scripts/test: runs one named step after the other and stops at the first that fails.

step() {
  local name=$1 began=$SECONDS status=0
  shift
  printf '\n== %s\n' "$name"
  "$@" || status=$?
  if [ "$status" -ne 0 ]; then
    printf '\nFAILED at step "%s" (exit code %d)\n' "$name" "$status" >&2
    exit "$status"
  fi
  printf -- '-- %s: passed (%d s)\n' "$name" "$((SECONDS - began))"
}

check_shell_syntax() {
  local script
  for script in .ci/run scripts/*; do
    if [ -f "$script" ] && head -n 1 "$script" | grep -q bash; then bash -n "$script" || return 1; fi
  done
}
