#!/bin/sh
# Look at the page of a comparison in headless Chromium: pictures at two widths,
# light and dark, for a person to look at; and two checks that need a browser:
# nothing is requested beyond the page, and every number shows its source when
# it is clicked.
#
# look.sh YUSUAN DATASET FOLDER [flags of compare]; on Debian: apt-get install chromium fonts-noto-cjk
set -eu
yusuan=$1 dataset=$2 out=$3
shift 3
chrome=${CHROMIUM:-chromium}
command -v "$chrome" >/dev/null || { echo "look.sh: no $chrome; install it (apt-get install chromium fonts-noto-cjk) or name one with CHROMIUM=" >&2; exit 1; }
mkdir -p "$out"
out=$(cd "$out" && pwd)
"$yusuan" compare "$dataset" "$@" --html "$out/report.html"

browse() { # page, flags
  page=$1
  shift
  timeout 120 "$chrome" --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --user-data-dir="$out/profile" \
    --host-resolver-rules="MAP * ~NOTFOUND" "$@" "file://$page" 2>>"$out/chromium.log"
}

for width in 1200 390; do
  browse "$out/report.html" --window-size=$width,2400 --blink-settings=preferredColorScheme=1 --screenshot="$out/$width-light.png" >/dev/null
  browse "$out/report.html" --window-size=$width,2400 --blink-settings=preferredColorScheme=0 --screenshot="$out/$width-dark.png" >/dev/null
done

# The browser has services of its own; what a page requests is kept apart by the
# page's address.
rm -f "$out/net.json"
browse "$out/report.html" --log-net-log="$out/net.json" --net-log-capture-mode=Everything --disable-background-networking --dump-dom >/dev/null
if grep '"network_isolation_key":"file:' "$out/net.json" | grep -o '"url":"[^"]*"' | grep -v '"url":"file:'; then
  echo "look.sh: the page requests the above" >&2
  exit 1
fi

{ cat "$out/report.html"; cat <<'PROBE'
<script>
addEventListener("load", async function () {
  var box = document.getElementById("source"), picker = document.getElementById("picker"), numbers = 0, silent = 0, without = 0, wide = 0;
  async function look(choose, shown) {
    for (var i = 0; choose && i < choose.options.length; i++) {
      choose.selectedIndex = i;
      choose.dispatchEvent(new Event("change"));
      while (!shown()) { await new Promise(function (done) { setTimeout(done, 0); }); }
      click();
    }
  }
  function click() {
    document.querySelectorAll(".body:not([hidden]) :is(.n, .mark)").forEach(function (e) {
      numbers++;
      if (!e.dataset.source) { without++; return; }
      e.dispatchEvent(new MouseEvent("click", {bubbles: true}));
      if (box.hidden || box.textContent !== e.dataset.source.trim()) { silent++; }
    });
    if (document.documentElement.scrollWidth > innerWidth) { wide = 1; }
  }
  function visible(id) { var e = document.getElementById(id); return e && !e.hidden; }
  click();
  await look(picker, function () { return visible(picker.value); });
  if (picker && picker.options[0].value === "ranks") {
    picker.value = "ranks";
    picker.dispatchEvent(new Event("change"));
    var topic = document.getElementById("topic");
    await look(topic, function () { return visible(topic.value + "-" + document.getElementById("topic-year").value); });
  }
  var loaded = performance.getEntriesByType("resource").length;
  document.body.textContent = "LOOK numbers " + numbers + ", without source " + without + ", silent " + silent + ", loaded " + loaded + ", wider than the window " + wide;
});
</script>
PROBE
} >"$out/probe.html"
found=$(browse "$out/probe.html" --window-size=390,800 --virtual-time-budget=60000 --dump-dom | grep -o 'LOOK [^<]*' | tail -1)
echo "$found"
case $found in
*"without source 0, silent 0, loaded 0, wider than the window 0") ;;
*) echo "look.sh: a number has no source, or does not show it, or the page loads something" >&2; exit 1 ;;
esac
rm -rf "$out/profile"
echo "look at $out/1200-light.png, 1200-dark.png, 390-light.png, 390-dark.png"
