#!/bin/sh
# Starts and stops a PostgreSQL of its own on a socket in a folder:
#   postgres.sh start|stop FOLDER
# Exits with 1 if PostgreSQL is not installed. The server refuses to be root, so
# that root hands the folder to the user postgres.
set -eu
folder=$2
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] && [ -x "$bin/initdb" ] || exit 1
as() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }
case $1 in
start)
  if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
  chmod 755 "$folder"
  as "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"/dev/null"
  as "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o "-k $folder -h '' -F" start >/dev/null
  ;;
stop)
  as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null
  ;;
esac
