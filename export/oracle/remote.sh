#!/bin/sh
# Publishes a dataset to the store of YUSUAN_BUCKET and reads it there:
#   s3.sh PYTHON remote.sh YUSUAN_CLOUD DATASET PYTHON PYTHON_WITH_SPARK
# from the top of the repository, where ./yusuan is. PORT is that of the store.
set -eu
"$1" publish "$2" "$YUSUAN_BUCKET"
"$3" export/oracle/remote.py ./yusuan "$2" "127.0.0.1:$PORT" yusuan/dataset duckdb pyarrow polars pandas clickhouse
"$4" export/oracle/remote.py ./yusuan "$2" "127.0.0.1:$PORT" yusuan/dataset spark
