#!/bin/sh
# Registers two commits of a dataset in the REST catalog of YUSUAN_REST and reads
# them back:
#   rest.sh FOLDER iceberg-rest.sh FOLDER PYTHON READER…
# from the top of the repository, where ./yusuan is. The tests of export/iceberg
# run in it, too; what they leave is read back as well.
set -eu
folder=$(cd "$1" && pwd)
python=$2
shift 2
dataset="$folder/it's a dataset" warehouse="$folder/warehouse"
rm -rf "$dataset" "$dataset.results" "$warehouse"
(cd export/iceberg && YUSUAN_REST_WAREHOUSE="$warehouse" go test -tags ne -count 1 .)
register() {
  go -C export/iceberg run -tags ne . "$dataset" --catalog "$YUSUAN_REST" --warehouse "$warehouse"
}
./yusuan run corpus/samples/handmade -o "$dataset" >"$folder/run.log" 2>&1
register >/dev/null
./yusuan run corpus/samples/generated -o "$dataset" >"$folder/run.log" 2>&1
./yusuan link "$dataset" >/dev/null
register
"$python" export/oracle/iceberg.py "$dataset" "$warehouse" "$@"
