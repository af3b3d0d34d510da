#!/bin/sh
# Installs what R needs to read a dataset, from the packages of Debian or its
# relatives, and DuckDB's JDBC driver into a folder:
#   r.sh FOLDER
# What is there already is left alone.
set -eu
folder=$1
missing=
for package in r-base-core r-cran-reticulate r-cran-rjava r-cran-jsonlite; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ]; then
  root=
  [ "$(id -u)" = 0 ] || root="sudo -n"
  # shellcheck disable=SC2086
  $root apt-get update -qq && $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
    echo "$0: cannot install$missing here: it takes apt-get, and root or sudo without a password" >&2
    exit 1
  }
fi
mkdir -p "$folder"
mvn -q -B dependency:copy -Dartifact=org.duckdb:duckdb_jdbc:2.0.0.1 -Dmdep.stripVersion=true -DoutputDirectory="$folder"
