package build

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/richardlehane/mscfb"
)

// streamsOf reads a compound file with a library that did not write it.
func streamsOf(t testing.TB, file []byte) map[string][]byte {
	t.Helper()
	r, err := mscfb.New(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range r.File {
		if f.Name == "Root Entry" {
			continue
		}
		data, err := io.ReadAll(f)
		if err != nil || int64(len(data)) != f.Size {
			t.Fatalf("stream %q: %d bytes of %d, %v", f.Name, len(data), f.Size, err)
		}
		out[f.Name] = data
	}
	return out
}

// TestCompoundFile writes streams of all sizes that matter, a number of them,
// and reads them again.
func TestCompoundFile(t *testing.T) {
	sizes := []int{0, 1, 63, 64, 65, 512, 4095, 4096, 4097, 10000, 700000}
	for count := range len(sizes) + 1 {
		var streams []stream
		want := map[string][]byte{}
		for i, size := range sizes[:count] {
			name := fmt.Sprintf("Stream%d", i)
			b := bytes.Repeat([]byte{byte(i + 1)}, size)
			streams = append(streams, stream{name, b})
			want[name] = b
		}
		file, err := compoundFile(streams)
		if err != nil {
			t.Fatal(err)
		}
		checkSectors(t, file)
		got := streamsOf(t, file)
		for name, b := range want {
			if !bytes.Equal(got[name], b) {
				t.Errorf("%d streams: %s has %d bytes, not %d", count, name, len(got[name]), len(b))
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d streams written, %d read", len(want), len(got))
		}
	}
}

// checkSectors fails unless the FAT describes every sector of the file, marks its
// own, and leaves no sector in two chains.
func checkSectors(t *testing.T, file []byte) {
	t.Helper()
	if len(file)%sectorSize != 0 {
		t.Fatalf("the file has %d bytes", len(file))
	}
	var fat []uint32
	fats := int(binary.LittleEndian.Uint32(file[44:]))
	var own []uint32
	for i := range fats {
		at := binary.LittleEndian.Uint32(file[76+4*i:])
		own = append(own, at)
		for b := range slices.Chunk(file[int(at+1)*sectorSize:int(at+2)*sectorSize], 4) {
			fat = append(fat, binary.LittleEndian.Uint32(b))
		}
	}
	for _, at := range own {
		if fat[at] != fatSector {
			t.Errorf("sector %d of the FAT is not marked as such", at)
		}
	}
	sectors := len(file)/sectorSize - 1
	before := map[uint32]int{}
	for i, next := range fat {
		switch {
		case i >= sectors && next != freeSector:
			t.Errorf("sector %d is outside the file and in use", i)
		case i < sectors && next == freeSector:
			t.Errorf("sector %d is in the file and free", i)
		case next < fatSector:
			if int(next) >= sectors {
				t.Errorf("sector %d goes on at %d of %d", i, next, sectors)
			}
			if other, twice := before[next]; twice {
				t.Errorf("sectors %d and %d go on at the same", other, i)
			}
			before[next] = i
		}
	}
}

// TestDirectoryOrder checks that a search by the order of the format finds every
// stream.
func TestDirectoryOrder(t *testing.T) {
	names := strings.Fields("WordDocument 1Table Data \x05SummaryInformation \x05DocumentSummaryInformation \x01CompObj a B aa")
	var entries []entry
	for _, n := range names {
		entries = append(entries, entry{stream: stream{name: n}})
	}
	dir, err := directory(entries, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	link := func(i uint32, at int) uint32 { return binary.LittleEndian.Uint32(dir[int(i)*entrySize+at:]) }
	for _, want := range names {
		at := link(0, 76)
		for steps := 0; ; steps++ {
			if at == noStream || steps > len(names) {
				t.Errorf("%q is not found", want)
				break
			}
			name := entries[at-1].name
			if c := compareNames(want, name); c == 0 {
				break
			} else if c < 0 {
				at = link(at, 68)
			} else {
				at = link(at, 72)
			}
		}
	}
}

// TestCompoundLimits names what cannot be written.
func TestCompoundLimits(t *testing.T) {
	if _, err := compoundFile([]stream{{strings.Repeat("x", 32), nil}}); err == nil {
		t.Error("a name of 32 characters was written")
	}
	if _, err := compoundFile([]stream{{"big", make([]byte, 8<<20)}}); err == nil {
		t.Error("more sectors were written than the header can list")
	}
}
