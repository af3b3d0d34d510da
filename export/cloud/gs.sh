#!/bin/sh
# Runs a command with a Google Cloud Storage of its own (fake-gcs-server) on this
# machine:
#   gs.sh SERVER COMMAND…
# SERVER is the program. The command finds an empty bucket in YUSUAN_BUCKET.
set -eu
server=$1
shift
port=${PORT:-5556}
"$server" -backend memory -scheme http -host 127.0.0.1 -port "$port" -public-host "127.0.0.1:$port" -log-level error &
pid=$!
trap 'kill $pid' EXIT
export STORAGE_EMULATOR_HOST="127.0.0.1:$port"
n=0
until curl -fsS -X POST -H 'Content-Type: application/json' -d '{"name": "yusuan"}' \
  "http://127.0.0.1:$port/storage/v1/b?project=yusuan" >/dev/null 2>&1; do
  n=$((n + 1))
  [ $n -lt 100 ] || { echo "gs.sh: the server did not start" >&2; exit 1; }
  sleep 0.2
done
YUSUAN_BUCKET="gs://yusuan/base" "$@"
