(function () {
  "use strict";
  var root = document.documentElement, box = document.getElementById("source"), pinned = null;
  root.classList.add("js");

  // Titles are there for who has no JavaScript; with it the panel shows them.
  document.querySelectorAll(".n[title]").forEach(function (e) {
    e.dataset.source = e.title;
    e.removeAttribute("title");
  });
  document.querySelectorAll(".mark > title").forEach(function (t) {
    var e = t.parentNode;
    e.dataset.source = t.textContent;
    e.setAttribute("aria-label", t.textContent);
    t.remove();
  });

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

  var picker = document.getElementById("picker"), bodies = Array.from(document.querySelectorAll(".body"));
  function choose(id) {
    unpin();
    bodies.forEach(function (b) { b.hidden = b.id !== id; });
    if (picker) { picker.value = id; }
  }
  function fromAddress() {
    var id = location.hash.slice(1).split("-")[0];
    return bodies.some(function (b) { return b.id === id; }) ? id : "";
  }
  if (picker) {
    choose(fromAddress() || picker.value);
    picker.addEventListener("change", function () { history.replaceState(null, "", "#" + picker.value); choose(picker.value); scrollTo(0, 0); });
    addEventListener("hashchange", function () { var id = fromAddress(); if (id) { choose(id); } });
  }
  addEventListener("beforeprint", function () { document.querySelectorAll("details").forEach(function (d) { d.open = true; }); });
})();
