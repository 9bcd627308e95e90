#!/bin/bash
# xrun passes exit codes on, shows its command nothing of the user's own, and leaves nothing behind.
#   test-xrun.sh XRUN
set -u
xrun=$1
n=0 bad=0
check() { # NAME EXPECTED GOT
  n=$((n + 1))
  if [ "$2" = "$3" ]; then
    echo "ok $n $1"
  else
    echo "not ok $n $1"
    printf '# expected: %s\n# got:      %s\n' "$2" "$3"
    bad=1
  fi
}

"$xrun" sh -c 'exit 7' 2>/dev/null
check exit-code 7 $?
"$xrun" xdpyinfo >/dev/null 2>&1
check display 0 $?
check standard-input hello "$(echo hello | "$xrun" cat 2>/dev/null)"
check arguments 'a b|c' "$("$xrun" sh -c 'echo "$1|$2"' sh 'a b' c 2>/dev/null)"
home=$("$xrun" sh -c 'echo "$HOME"; touch "$HOME/file"' 2>/dev/null)
check home-of-its-own yes "$([ "$home" != "$HOME" ] && echo yes)"
check home-taken-away no "$([ -e "$home" ] && echo yes || echo no)"
"$xrun" sh -c 'gdbus call --session -d org.freedesktop.secrets -o /org/freedesktop/secrets \
  -m org.freedesktop.DBus.Peer.Ping' >/dev/null 2>&1
check no-keyring 1 $?
"$xrun" --keyring sh -c 'gdbus call --session -d org.freedesktop.secrets -o /org/freedesktop/secrets \
  -m org.freedesktop.DBus.Peer.Ping' >/dev/null 2>&1
check keyring-when-asked 0 $?

kept=$(mktemp -d)
XRUN_HOME=$kept "$xrun" sh -c 'echo kept >"$HOME/file"' 2>/dev/null
check home-given 'kept' "$(cat "$kept/file")"
rm -rf "$kept"

# Ended from outside, it takes its whole tree with it.
fifo=$(mktemp -u)
mkfifo "$fifo"
"$xrun" sh -c 'echo "$$ $DISPLAY" >"$1"; sleep 600 & sleep 600' sh "$fifo" 2>/dev/null &
runner=$!
read -r child display <"$fifo"
kill -TERM $runner
wait $runner
check exit-code-of-an-end-from-outside 143 $?
state=$(sed -n 's/^State:\t\(.\).*/\1/p' "/proc/$child/status" 2>/dev/null)
check nothing-left-running gone "$(case $state in '' | Z) echo gone ;; *) echo "$state" ;; esac)"
check display-given-back no "$([ -S "/tmp/.X11-unix/X${display#:}" ] && echo yes || echo no)"
rm -f "$fifo"
echo "1..$n"
exit $bad
