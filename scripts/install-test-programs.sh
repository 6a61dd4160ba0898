#!/bin/sh
# Installs the real programs that the tests compare with and talk to, from Debian's packages. Says what it installs,
# says nothing when all is there. Ends with 1 and the names of what is missing when it cannot install them.
set -u

missing=""
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need prometheus prometheus
need promtool prometheus
need prometheus-alertmanager prometheus-alertmanager
need amtool prometheus-alertmanager
need prometheus-pushgateway prometheus-pushgateway
need prometheus-node-exporter prometheus-node-exporter

packages=$(printf '%s\n' $missing | sort -u | tr '\n' ' ' | sed 's/^ *//; s/ *$//')
[ -z "$packages" ] && exit 0

give_up() {
  echo "tocsin: missing for the tests: $packages ($1)" >&2
  exit 1
}
command -v apt-get >/dev/null 2>&1 || give_up "not a Debian system"
[ "$(id -u)" = 0 ] || give_up "needs root: apt-get install $packages"

echo "tocsin: installing $packages" >&2
log=$(mktemp)
# A package starts its service where there is an init system; the tests start the programs by themselves.
if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $packages; } >"$log" 2>&1; then
  tail -n 5 "$log" >&2
  rm -f "$log"
  give_up "apt-get failed"
fi
rm -f "$log"
