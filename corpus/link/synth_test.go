package link_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yusuan/corpus"
	"yusuan/corpus/synth"
	"yusuan/export"
)

// truthOf says of every place of a generated document which entity it is:
// keys are as placeOf gives them.
func truthOf(document string, d *synth.Document, out map[string]string) {
	out[document+" department"] = d.Identity.Department
	for i, p := range d.Identity.Projects {
		out[fmt.Sprintf("%s project %d", document, d.Truth.Projects[i].Number)] = p
	}
	for i, x := range d.Identity.Indicators {
		out[fmt.Sprintf("%s indicator %d %s", document, d.Truth.Indicators[i].ProjectNumber, d.Truth.Indicators[i].Level3)] = x
	}
}

func placeOf(document string, l *export.Link) string {
	switch l.EntityType {
	case export.EntityDepartment:
		return document + " department"
	case export.EntityProject:
		if l.Table == "projects" {
			return fmt.Sprintf("%s project %d", document, l.ProjectNo)
		}
	case export.EntityAccount:
		return fmt.Sprintf("%s account %d", document, l.RowNo)
	case export.EntityIndicator:
		return fmt.Sprintf("%s indicator %d %s", document, l.ProjectNo, l.Name)
	}
	return ""
}

// scoreSynth holds the links of a dataset against the truth, type by type: of
// bodies, projects and indicators, and what more is named.
func scoreSynth(t *testing.T, dir string, truth map[string]string, document func(id string) string, more ...string) {
	t.Helper()
	got := map[string]string{}
	linked, proposed := links(t, dir)
	for i := range linked {
		if p := placeOf(document(linked[i].DocumentID), &linked[i]); p != "" {
			got[p] = linked[i].EntityID
		}
	}
	places := map[string][]labelled{}
	for p, entity := range truth {
		typ := strings.Fields(p[strings.LastIndex(p, "\x00")+1:])[0]
		places[typ] = append(places[typ], labelled{truth: entity, got: got[p]})
	}
	for _, typ := range append([]string{"department", "project", "indicator"}, more...) {
		precision, recall, pairs := score(places[typ])
		t.Logf("%s: precision %.4f, recall %.4f of %d pairs of %d places", typ, precision, recall, pairs, len(places[typ]))
		if precision < 0.99 || recall < 0.95 || pairs == 0 {
			t.Errorf("%s: precision %.4f (want 0.99), recall %.4f (want 0.95)", typ, precision, recall)
		}
	}
	t.Logf("%d proposals", len(proposed))
}

// TestSynthThroughAllStages writes disclosures of departments that change over
// the years as Word files, reads and links them.
func TestSynthThroughAllStages(t *testing.T) {
	const departments, years = 24, 5
	s := synth.Settings{Seed: 5, Departments: departments, Years: years, FirstYear: 2016, History: true}
	root := t.TempDir()
	in, dir := filepath.Join(root, "in"), filepath.Join(root, "dataset")
	if err := synth.Write(in, s, departments*years, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := corpus.Run(t.Context(), []string{in}, dir, corpus.Settings{Pipeline: "test"}); err != nil {
		t.Fatal(err)
	}
	mustLink(t, dir)
	truth := map[string]string{}
	g := synth.New(s)
	for i := range departments * years {
		d := g.Document(i)
		truthOf(filepath.Base(d.Name)+".docx\x00", d, truth)
	}
	names := uris(t, dir)
	scoreSynth(t, dir, truth, func(id string) string { return names[id] + "\x00" })
	if v, err := export.Verify(t.Context(), dir); err != nil || len(v.Problems) > 0 {
		t.Errorf("verify: %v, %v", v, err)
	}
}

// commitSynth commits the truth of n generated documents without files. With
// YUSUAN_LINK_REGION all are of that region, or of none if that is "none".
func commitSynth(t *testing.T, dir string, n int) map[string]string {
	g := synth.New(synth.Settings{Seed: 9, Years: 7, FirstYear: 2016, History: true})
	truth := map[string]string{}
	entries := synthEntries(g, n, truth)
	if region := os.Getenv("YUSUAN_LINK_REGION"); region != "" {
		for i := range entries {
			e := &entries[i]
			load := e.Load
			e.RegionCode = strings.TrimPrefix(region, "none")
			e.Load = func() (*export.Result, error) {
				r, err := load()
				r.Disclosure.Identity.RegionCode = e.RegionCode
				return r, err
			}
		}
	}
	if _, err := export.Commit(dir, entries, export.Settings{Pipeline: "test"}); err != nil {
		t.Fatal(err)
	}
	return truth
}

// synthEntries are the truth of n generated documents, to be committed; whose
// their places are goes into truth.
func synthEntries(g *synth.Generator, n int, truth map[string]string) []export.Entry {
	var entries []export.Entry
	for i := range n {
		d := g.Document(i)
		sum := sha256.Sum256([]byte(strconv.Itoa(i) + d.Name))
		hash := hex.EncodeToString(sum[:])
		truthOf(hash[:32]+"\x00", d, truth)
		id := &d.Truth.Identity
		entries = append(entries, export.Entry{
			DocumentID: hash[:32], RegionCode: id.RegionCode, FiscalYear: id.FiscalYear,
			Load: func() (*export.Result, error) {
				d := g.Document(i).Truth
				d.Source.SHA256, d.Source.Name = hash, hash+".docx"
				return &export.Result{Disclosure: d, URI: hash + ".docx", Status: "ok"}, nil
			},
		})
	}
	return entries
}

// TestSynthRecords links the records of generated disclosures. With
// YUSUAN_LINK_SCALE=1000,3000,10000 it does so with as many documents, and
// tells time and memory.
func TestSynthRecords(t *testing.T) {
	sizes := os.Getenv("YUSUAN_LINK_SCALE")
	if sizes == "" {
		sizes = "700"
	}
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(size, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dataset")
			truth := commitSynth(t, dir, n)
			runtime.GC()
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			most, stop := watchHeap()
			start := time.Now()
			sum := mustLink(t, dir)
			elapsed := time.Since(start)
			close(stop)
			t.Logf("%d documents: %.1f s, heap %d MB above the %d MB of the test; %v entities, %v links", n, elapsed.Seconds(),
				(int64(most.Load())-int64(before.HeapAlloc))>>20, before.HeapAlloc>>20, sum.Entities, sum.Links)
			if os.Getenv("YUSUAN_LINK_REGION") == "" {
				scoreSynth(t, dir, truth, func(id string) string { return id + "\x00" })
			}
		})
	}
}

// watchHeap notes the largest heap until stop is closed.
func watchHeap() (most *atomic.Uint64, stop chan struct{}) {
	most, stop = &atomic.Uint64{}, make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), m.HeapAlloc))
			}
		}
	}()
	return most, stop
}
