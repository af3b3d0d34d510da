#!/bin/sh
# Runs a command with an Iceberg REST catalog of its own on this machine:
#   rest.sh FOLDER COMMAND…
# FOLDER takes the jars (mvn fetches them) and the catalog, which is empty at
# first. The command finds the URL in YUSUAN_REST.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
mvn -q -B -f "$here/rest/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/jars" >"$folder/mvn.log" 2>&1 ||
  { cat "$folder/mvn.log" >&2; exit 1; }
rm -rf "$folder/rest" "$folder"/rest.db* "$folder/url"
java -cp "$folder/jars/*" "$here/rest/RestCatalog.java" "$folder" >"$folder/url" 2>"$folder/log" &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
n=0
until [ -s "$folder/url" ]; do
  n=$((n + 1))
  if [ $n -gt 300 ] || ! kill -0 $server 2>/dev/null; then
    echo "rest.sh: the catalog did not start:" >&2
    cat "$folder/log" >&2
    exit 1
  fi
  sleep 0.2
done
YUSUAN_REST=$(cat "$folder/url") "$@"
