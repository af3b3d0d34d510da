#!/usr/bin/env bash
# Installs what the .doc reader is compared with: LibreOffice Writer, antiword
# and catdoc, and GNU time to measure them, from the packages of Debian or its
# relatives. What is there already is left alone. Only a missing LibreOffice is
# a failure: the test needs it, and the comparison of speed leaves out whoever
# is missing.
set -euo pipefail

log=$(mktemp)
trap 'rm -f "$log"' EXIT
missing=()
command -v soffice > /dev/null || missing+=(libreoffice-writer-nogui)
command -v antiword > /dev/null || missing+=(antiword)
command -v catdoc > /dev/null || missing+=(catdoc)
[ -x /usr/bin/time ] || missing+=(time)
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi

# install_missing runs apt-get, as root.
install_missing() {
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    root=(sudo -n)
    command -v sudo > /dev/null || return 1
  fi
  command -v apt-get > /dev/null || return 1
  "${root[@]}" apt-get update -qq &&
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

if ! install_missing > "$log" 2>&1; then
  tail -n 5 "$log" >&2
  echo "$0: cannot install ${missing[*]} here: it takes apt-get, and root or sudo without a password." >&2
  echo "Install LibreOffice 7 or later with Writer, so that soffice is in the PATH; the others are for make bench-word." >&2
fi
if ! command -v soffice > /dev/null; then
  exit 1
fi
