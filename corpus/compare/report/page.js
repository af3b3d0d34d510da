(function () {
  "use strict";
  var root = document.documentElement, box = document.getElementById("source"), pinned = null;
  root.classList.add("js");

  // Titles are there for who has no JavaScript; with it the panel shows them.
  // The change of a row takes the places of its two numbers from the row.
  function prepare(part) {
    part.querySelectorAll(".n[title]").forEach(function (e) {
      e.dataset.source = e.title;
      e.removeAttribute("title");
    });
    part.querySelectorAll("td.c .n").forEach(function (e) {
      var years = /(\d{4})→(\d{4})/.exec(e.dataset.source);
      e.closest("tr").querySelectorAll("td:not(.c) > .n").forEach(function (cell) {
        var year = / · (\d{4})\n/.exec(cell.dataset.source);
        if (years && year && (year[1] === years[1] || year[1] === years[2])) { e.dataset.source += "\n" + cell.dataset.source; }
      });
    });
    part.querySelectorAll(".mark > title").forEach(function (t) {
      var e = t.parentNode;
      e.dataset.source = t.textContent;
      e.setAttribute("aria-label", t.textContent);
      t.remove();
    });
    return part;
  }
  prepare(document);

  // Parts that are not shown at first may be packed: gzip in base64. What is
  // unpacked stands before its pack, until something else is shown: a browser
  // has one department to lay out, however many were looked at.
  function part(id) {
    var there = document.getElementById(id);
    if (there) { return Promise.resolve(there); }
    var pack = document.querySelector('.packed[data-for="' + id + '"]');
    if (!pack) { return Promise.resolve(null); }
    if (typeof DecompressionStream === "undefined") {
      alert("此浏览器版本过旧，不能展开这一部分；请更新浏览器，或用 yusuan compare --department 另作一页。");
      return Promise.resolve(null);
    }
    var bytes = Uint8Array.from(atob(pack.textContent), function (c) { return c.charCodeAt(0); });
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text().then(function (text) {
      var e = document.createElement(pack.dataset.class === "body" ? "section" : "div");
      e.className = pack.dataset.class;
      e.id = id;
      e.hidden = true;
      e.innerHTML = text;
      e.fromPack = true;
      pack.before(prepare(e));
      return e;
    });
  }
  function only(e, kind) {
    document.querySelectorAll(kind).forEach(function (other) {
      if (other !== e && other.fromPack) { other.remove(); } else { other.hidden = other !== e; }
    });
  }

  function show(e) {
    box.textContent = "";
    e.dataset.source.trim().split("\n").forEach(function (line, i) {
      var part = document.createElement(i === 0 ? "b" : "span");
      part.textContent = line;
      if (i > 0) { box.append("\n"); }
      box.append(part);
    });
    box.hidden = false;
    var r = e.getBoundingClientRect(), gap = 8;
    var top = r.bottom + gap;
    if (top + box.offsetHeight > innerHeight) { top = Math.max(gap, r.top - gap - box.offsetHeight); }
    box.style.top = top + "px";
    box.style.left = Math.max(gap, Math.min(r.left, innerWidth - box.offsetWidth - gap)) + "px";
  }
  function unpin() {
    if (pinned) { pinned.classList.remove("on"); }
    pinned = null;
    box.hidden = true;
  }
  function pin(e) {
    unpin();
    pinned = e;
    e.classList.add("on");
    show(e);
  }
  function at(event) { return event.target.closest ? event.target.closest("[data-source]") : null; }

  document.addEventListener("click", function (event) {
    var e = at(event);
    if (e) { if (e === pinned) { unpin(); } else { pin(e); } } else if (!box.contains(event.target)) { unpin(); }
  });
  document.addEventListener("mouseover", function (event) {
    var e = at(event);
    if (e && !pinned) { show(e); }
  });
  document.addEventListener("mouseout", function (event) {
    if (at(event) && !pinned) { box.hidden = true; }
  });
  document.addEventListener("focusin", function (event) {
    var e = at(event);
    if (e && e.matches(":focus-visible")) { if (pinned !== e) { unpin(); } show(e); } else if (!e && !pinned) { box.hidden = true; }
  });
  document.addEventListener("keydown", function (event) {
    var e = at(event);
    if (event.key === "Escape") { unpin(); }
    if (e && !e.matches("button") && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); pin(e); }
  });
  document.addEventListener("scroll", function () { if (pinned) { show(pinned); } else { box.hidden = true; } }, true);

  var picker = document.getElementById("picker"), wanted = "";
  function choose(id) {
    unpin();
    wanted = id;
    return part(id).then(function (e) {
      if (!e || id !== wanted) { return; }
      only(e, ".body");
      if (picker) { picker.value = id; }
    });
  }
  function fromAddress() {
    var id = location.hash.slice(1).split("-")[0];
    return picker && Array.from(picker.options).some(function (o) { return o.value === id; }) ? id : "";
  }
  if (picker) {
    choose(fromAddress() || picker.value);
    picker.addEventListener("change", function () { history.replaceState(null, "", "#" + picker.value); choose(picker.value); scrollTo(0, 0); });
    addEventListener("hashchange", function () {
      var id = fromAddress(), at = location.hash.slice(1);
      if (id) { choose(id).then(function () { (document.getElementById(at) || document.body).scrollIntoView(); }); }
    });
  }

  // Rankings: a topic has the years that it has.
  var topic = document.getElementById("topic"), topicYear = document.getElementById("topic-year"), ranking = "";
  function rank(event) {
    var years = topic.selectedOptions[0].dataset.years.trim().split(" ");
    Array.from(topicYear.options).forEach(function (o) { o.disabled = years.indexOf(o.value) < 0; });
    if (years.indexOf(topicYear.value) < 0 || !event) { topicYear.value = years[years.length - 1]; }
    var id = ranking = topic.value + "-" + topicYear.value;
    unpin();
    part(id).then(function (e) {
      if (!e || id !== ranking) { return; }
      only(e, ".rank");
    });
  }
  if (topic) {
    rank();
    topic.addEventListener("change", rank);
    topicYear.addEventListener("change", rank);
  }

  // The chips of targets show only the rows whose target became so.
  document.addEventListener("click", function (event) {
    var chip = event.target.closest && event.target.closest("[data-filter]");
    if (!chip) { return; }
    var body = chip.closest(".body"), on = chip.getAttribute("aria-pressed") !== "true", table = body.querySelector("details.targets");
    body.querySelectorAll("[data-filter]").forEach(function (c) { c.setAttribute("aria-pressed", on && c === chip ? "true" : "false"); });
    if (!table) { return; }
    table.querySelectorAll("tbody tr").forEach(function (r) { r.classList.toggle("out", on && r.dataset.target !== chip.dataset.filter); });
    if (on) { table.open = true; table.scrollIntoView({block: "nearest"}); }
  });
  addEventListener("beforeprint", function () { document.querySelectorAll("details").forEach(function (d) { d.open = true; }); });
})();
