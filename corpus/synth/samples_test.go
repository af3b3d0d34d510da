package synth

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the generated samples anew")

// The samples are what this command writes:
//
//	yusuan synth -o corpus/samples/generated --seed 12 --departments 3 --years 3 \
//	  --documents 9 --format docx,text,docx,text,gb18030
const (
	samplesDir   = "../samples"
	samplesCount = 9
	// sampleSize keeps the repository small.
	sampleSize = 40 << 10
)

func sampleSettings() Settings { return Settings{Seed: 12, Departments: 3, Years: 3} }

func sampleFormats() []string {
	return []string{FormatDocx, FormatText, FormatDocx, FormatText, FormatGB18030}
}

// TestSamplesAreCurrent holds the samples in the repository against what the
// generator writes today. Word files are compared part by part, because the
// compressed bytes may differ between versions of Go.
func TestSamplesAreCurrent(t *testing.T) {
	dir := filepath.Join(samplesDir, "generated")
	if *update {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := Write(dir, sampleSettings(), samplesCount, sampleFormats()); err != nil {
			t.Fatal(err)
		}
	}
	want := t.TempDir()
	if err := Write(want, sampleSettings(), samplesCount, sampleFormats()); err != nil {
		t.Fatal(err)
	}
	names, wantNames := filesIn(t, dir), filesIn(t, want)
	if !slices.Equal(names, wantNames) {
		t.Fatalf("the repository has %q, the generator writes %q", names, wantNames)
	}
	for _, name := range names {
		got, want := readFile(t, filepath.Join(dir, name)), readFile(t, filepath.Join(want, name))
		same := bytes.Equal(got, want)
		if strings.HasSuffix(name, ".docx") {
			same = slices.Equal(unzip(t, got), unzip(t, want))
		}
		if !same {
			t.Errorf("%s is not what the generator writes; go test ./corpus/synth -update", name)
		}
	}
}

// TestSamplesCoverTheGround checks what the samples are for.
func TestSamplesCoverTheGround(t *testing.T) {
	departments, years, formats := map[string]bool{}, map[int]bool{}, map[string]int{}
	g := New(sampleSettings())
	for i := range samplesCount {
		id := g.Document(i).Truth.Identity
		departments[id.Department], years[id.FiscalYear] = true, true
		formats[sampleFormats()[i%len(sampleFormats())]]++
	}
	if len(departments) != 3 || len(years) != 3 || len(formats) != 3 {
		t.Errorf("samples are of %v for %v in %v", departments, years, formats)
	}
	for _, name := range filesIn(t, samplesDir) {
		if data := readFile(t, filepath.Join(samplesDir, name)); len(data) > sampleSize {
			t.Errorf("%s has %d bytes, more than %d", name, len(data), sampleSize)
		}
	}
}

func TestWriteRefusesUnknownFormats(t *testing.T) {
	err := Write(t.TempDir(), Settings{}, 2, []string{"docx", "odt"})
	if err == nil || !strings.Contains(err.Error(), `unknown format "odt"`) {
		t.Errorf("got %v", err)
	}
	if err := Write(t.TempDir(), Settings{}, -1, nil); err == nil {
		t.Error("a negative number of documents was written")
	}
}

func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		out = append(out, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
