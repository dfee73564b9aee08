#!/usr/bin/env bash
# What scripts/headwater does around the binary, with a build that only records that it was asked for.
set -euo pipefail
wrapper=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/scripts" "$tree/src/cli" "$tree/cmake" "$tree/tools"
touch "$tree/CMakeLists.txt" "$tree/src/cli/main.cc" "$tree/src/cli/old.cc"
cp "$wrapper" "$tree/scripts/headwater"
printf '#!/bin/sh\n' >"$tree/scripts/setup"
cat >"$tree/tools/cmake" <<'END'
#!/bin/sh
[ "$1" = --build ] || exit 0
echo built >>"$TREE/builds"
[ ! -e "$TREE/broken" ] || { echo "main.cc:1: error: broken"; exit 1; }
printf '#!/bin/sh\necho "$# $2"\nexit 7\n' >"$2/headwater"
chmod +x "$2/headwater"
END
chmod +x "$tree/scripts/setup" "$tree/tools/cmake"
export TREE=$tree PATH="$tree/tools:$PATH"

fail() { echo "FAILED: $1" >&2; exit 1; }
builds() { wc -l <"$tree/builds"; }
# Arguments, stdout and the exit status are the binary's own.
run() {
  local status=0 out
  out=$("$tree/scripts/headwater" check 'a b' 2>"$tree/stderr") || status=$?
  [ "$status" = 7 ] || fail "exit status $status is not the binary's"
  [ "$out" = '2 a b' ] || fail "stdout is '$out'"
}
# Longer than the step of a file system's clock.
tick() { sleep 0.05; }

run; [ "$(builds)" = 1 ] || fail 'the first run builds'
grep -q building "$tree/stderr" || fail 'the first run says that it builds'
run; [ "$(builds)" = 1 ] || fail 'the second run does not build'
[ ! -s "$tree/stderr" ] || fail 'the second run says nothing of its own'
(cd "$tree/scripts" && ./headwater check x >/dev/null) || [ $? = 7 ] || fail 'it runs from its own folder'
ln -s "$tree/scripts/headwater" "$tree/tools/hw"
("$tree/tools/hw" check x >/dev/null) || [ $? = 7 ] || fail 'it runs through a link'
[ "$(builds)" = 1 ] || fail 'the place it is called from changes nothing'
tick; touch "$tree/src/cli/main.cc"; tick
run; [ "$(builds)" = 2 ] || fail 'an edited source is built'
tick; rm "$tree/src/cli/old.cc"; tick
run; [ "$(builds)" = 3 ] || fail 'a deleted source is built'
tick; touch "$tree/broken" "$tree/CMakeLists.txt"; tick
status=0; "$tree/scripts/headwater" check >"$tree/stdout" 2>"$tree/stderr" || status=$?
[ "$status" = 2 ] || fail "a failed build exits with 2, not $status"
[ ! -s "$tree/stdout" ] || fail 'a failed build prints nothing on stdout'
grep -q 'error: broken' "$tree/stderr" || fail 'a failed build shows the error'
rm "$tree/broken"
run; [ "$(builds)" = 5 ] || fail 'after a failed build the next run builds'
echo 'the wrapper builds when it must and never else'
