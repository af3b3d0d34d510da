#!/usr/bin/env bash
# Makes .doc files for TestOracleLibreOffice out of .docx files:
#
#     more.sh SOFFICE YUSUAN FOLDER
#
# SOFFICE and YUSUAN are the two programs. FOLDER is emptied of .doc files and
# gets new ones, made by LibreOffice from generated disclosures and from the
# .docx of ../shared/corpus, where that is. The same programs make the same
# names, which the test's table of explained differences relies on.
set -euo pipefail

if [ $# -ne 3 ]; then
  echo "usage: $0 SOFFICE YUSUAN FOLDER" >&2
  exit 2
fi
soffice=$1 yusuan=$2 folder=$3
corpus=$(dirname "$0")/../../../../shared/corpus
# What is generated: some 7 tables a document.
documents=60
# One process of LibreOffice converts a batch of files. It gives up the rest
# of a batch when one file brings it down, so those are tried once more alone.
batch=20 batch_seconds=300 file_seconds=60

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$folder" "$work/in" "$work/synth"
rm -f "$folder"/*.doc

"$yusuan" synth -o "$work/synth" --documents "$documents" --seed 1
number=0
while IFS= read -r -d '' file; do
  number=$((number + 1))
  cp "$file" "$work/in/$(printf 'synth-%03d.docx' "$number")"
done < <(find "$work/synth" -name '*.docx' -print0 | LC_ALL=C sort -z)
for part in handan-2020 word word/edge word/tika; do
  for file in "$corpus/$part"/*.docx; do
    if [ -e "$file" ]; then
      cp "$file" "$work/in/${part//\//-}-$(basename "$file")"
    fi
  done
done
[ -d "$corpus" ] || echo "$0: $corpus is not here: generated documents only" >&2

# convert SECONDS FILE... lets LibreOffice convert files, however that ends.
convert() {
  local seconds=$1
  shift
  timeout -k 10 "$seconds" "$soffice" "-env:UserInstallation=file://$work/profile" --headless --norestore \
    --convert-to 'doc:MS Word 97' --outdir "$folder" "$@" > "$work/log" 2>&1 || true
}

files=("$work"/in/*.docx)
for ((i = 0; i < ${#files[@]}; i += batch)); do
  convert "$batch_seconds" "${files[@]:i:batch}"
done
failed=0
for file in "${files[@]}"; do
  made=$folder/$(basename "$file" .docx).doc
  [ -e "$made" ] || convert "$file_seconds" "$file"
  if [ ! -e "$made" ]; then
    failed=$((failed + 1))
    echo "LibreOffice cannot convert $(basename "$file")"
  fi
done
echo "made $((${#files[@]} - failed)) .doc files of ${#files[@]} .docx in $folder"
if [ "$failed" -eq "${#files[@]}" ]; then
  cat "$work/log" >&2
  exit 1
fi
