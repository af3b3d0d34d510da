#!/bin/sh
# Runs a command with an Azure Blob Storage of its own (Azurite) on this machine:
#   azblob.sh AZURITE-BLOB FOLDER COMMAND…
# AZURITE-BLOB is the program, FOLDER where it keeps what it stores; the folder is
# removed at the end. The command finds a container in YUSUAN_BUCKET that it has to
# make.
set -eu
server=$1
folder=$2
shift 2
port=${PORT:-5557}
rm -rf "$folder"
# An account of this server alone.
export AZURE_STORAGE_ACCOUNT=yusuan AZURE_STORAGE_KEY=dGVzdA==
AZURITE_ACCOUNTS="$AZURE_STORAGE_ACCOUNT:$AZURE_STORAGE_KEY" "$server" --blobHost 127.0.0.1 --blobPort "$port" \
  --location "$folder" --silent --skipApiVersionCheck --disableTelemetry &
pid=$!
trap 'kill $pid; wait $pid || true; rm -rf "$folder"' EXIT
n=0
until curl -sS "http://127.0.0.1:$port/" >/dev/null 2>&1; do
  n=$((n + 1))
  [ $n -lt 100 ] || { echo "azblob.sh: the server did not start" >&2; exit 1; }
  sleep 0.2
done
YUSUAN_BUCKET="azblob://yusuan/base?domain=127.0.0.1:$port&protocol=http&localemu=true" "$@"
