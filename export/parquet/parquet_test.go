package parquet

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

type inner struct {
	Key  string `parquet:"key,dict"`
	Year int32  `parquet:"year,optional"`
}

type step struct {
	Month   int32 `parquet:"month"`
	Percent int32 `parquet:"percent,decimal(4:9)"`
}

type row struct {
	inner
	Row   *int32   `parquet:"row,optional"`
	Money *int64   `parquet:"money,decimal(4:18)"`
	Need  int64    `parquet:"need,decimal(4:18)"`
	Day   *int32   `parquet:"day,date"`
	X     *float32 `parquet:"x,optional"`
	Word  string   `parquet:"word,optional,dict"`
	Yes   bool     `parquet:"yes"`
	Size  int64    `parquet:"size"`
	Text  string   `parquet:"text,dict"`
	List  []string `parquet:"list,list" parquet-element:",dict"`
	Steps []step   `parquet:"steps,list"`
}

func ptr[T any](v T) *T { return &v }

func options() Options {
	return Options{Name: "rows", Creator: "test", Version: "1", Metadata: map[string]string{"b": "2", "a": "1"},
		SortedBy: []string{"key"}, Bloom: []string{"key"}}
}

// sample is a row with something in every column, or nothing.
func sample(i int) row {
	r := row{inner: inner{Key: fmt.Sprintf("%08d", i/10)}, Text: fmt.Sprint("文字", i)}
	if i%3 == 0 {
		return r
	}
	r.Year, r.Row, r.Money, r.Need = 2020, ptr(int32(i%5)), ptr(int64(i)-7), int64(i)
	r.Day, r.X, r.Word, r.Yes, r.Size = ptr(int32(0)), ptr(float32(0)), "ge", true, int64(i)<<20
	r.List = []string{"", "甲"}
	r.Steps = []step{{3, 250000}, {12, 0}}
	return r
}

func encode(t testing.TB, rows []row, chunk int) []byte {
	var b bytes.Buffer
	w := NewWriter[row](&b, options())
	for len(rows) > 0 {
		n := min(chunk, len(rows))
		if err := w.Write(rows[:n]); err != nil {
			t.Fatal(err)
		}
		rows = rows[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRoundTrip reads back nulls, zeros, empty lists and negative decimals as
// they were, over more than one row group.
func TestRoundTrip(t *testing.T) {
	for _, n := range []int{0, 1, 255, 256, 1000, groupRows + 1} {
		var rows []row
		for i := range n {
			rows = append(rows, sample(i))
		}
		data := encode(t, rows, 1000)
		r, err := NewReader[row](bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		got := make([]row, n+1)
		k, err := r.Read(got)
		if k != n || err != io.EOF {
			t.Fatalf("read %d rows of %d, %v", k, n, err)
		}
		for i := range n {
			if len(got[i].List) == 0 {
				got[i].List = nil
			}
			if len(got[i].Steps) == 0 {
				got[i].Steps = nil
			}
			if !reflect.DeepEqual(got[i], rows[i]) {
				t.Fatalf("row %d: got %+v, want %+v", i, got[i], rows[i])
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadReusesBuffer makes sure that a null does not show the value that an
// earlier row left in the caller's slice.
func TestReadReusesBuffer(t *testing.T) {
	data := encode(t, []row{sample(1), sample(3)}, 9)
	r, err := NewReader[row](bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	buf := make([]row, 1)
	for range 2 {
		if _, err := r.Read(buf); err != nil {
			t.Fatal(err)
		}
	}
	if buf[0].Row != nil || buf[0].Money != nil || buf[0].Year != 0 || len(buf[0].Steps) > 0 {
		t.Errorf("the second row shows the first: %+v", buf[0])
	}
}

// TestBytesDependOnRowsAlone writes the same rows in calls of different sizes.
func TestBytesDependOnRowsAlone(t *testing.T) {
	var rows []row
	for i := range 40_000 {
		r := sample(i)
		r.Text += strings.Repeat("长", i%800) // 47 MB: many row groups
		rows = append(rows, r)
	}
	want := encode(t, rows, 40_000)
	f, err := parquet.OpenFile(bytes.NewReader(want), int64(len(want)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.RowGroups()); n < 5 {
		t.Errorf("%d row groups: they are not bounded by bytes", n)
	}
	for _, chunk := range []int{1, 7, 300, 4096} {
		if !bytes.Equal(want, encode(t, rows, chunk)) {
			t.Errorf("rows written %d at a time give other bytes", chunk)
		}
	}
}

// TestBloomFilter finds every key through the filter of its row group, also
// where a column has more text than usual, and hardly ever one that is absent.
func TestBloomFilter(t *testing.T) {
	var rows []row
	for i := range 3000 {
		r := sample(i)
		r.Key = strings.Repeat("钥", i) + fmt.Sprint(i)
		rows = append(rows, r)
	}
	data := encode(t, rows, 500)
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	// groups counts the row groups whose filter knows the key.
	groups := func(key string) int {
		n := 0
		for _, g := range f.RowGroups() {
			ok, err := g.ColumnChunks()[0].BloomFilter().Check(parquet.ValueOf(key))
			if err != nil {
				t.Fatal(err)
			}
			if ok {
				n++
			}
		}
		return n
	}
	wrong := 0
	for i, r := range rows {
		if groups(r.Key) == 0 {
			t.Fatalf("key %d is not in the Bloom filter", i)
		}
		wrong += groups(fmt.Sprint("absent", i))
	}
	if all := len(rows) * len(f.RowGroups()); wrong*100 > 3*all {
		t.Errorf("%d of %d absent keys are taken for present", wrong, all)
	}
}

// TestReadSubset reads some of the columns, and refuses columns that are not
// there or are of another type.
func TestReadSubset(t *testing.T) {
	data := encode(t, []row{sample(1), sample(2)}, 9)
	open := func() io.ReaderAt { return bytes.NewReader(data) }
	r, err := NewReader[struct {
		Text string `parquet:"text,dict"`
		Key  string `parquet:"key,dict"`
	}](open(), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	got := make([]struct {
		Text string `parquet:"text,dict"`
		Key  string `parquet:"key,dict"`
	}, 2)
	if n, err := r.Read(got); n != 2 || err != nil || got[1].Text != "文字2" || got[1].Key != "00000000" {
		t.Errorf("got %v, %d, %v", got, n, err)
	}
	_, err = NewReader[struct {
		Text int32 `parquet:"text"`
	}](open(), int64(len(data)))
	if err == nil || err.Error() != "column text: want INT32, the file has STRING" {
		t.Errorf("wrong type: %v", err)
	}
	_, err = NewReader[struct {
		None int32 `parquet:"none"`
	}](open(), int64(len(data)))
	if err == nil || err.Error() != "column none: want INT32, the file has none" {
		t.Errorf("missing column: %v", err)
	}
	if _, err = NewReader[row](strings.NewReader("no Parquet"), 10); err == nil {
		t.Error("a file that is not Parquet was opened")
	}
}

// TestColumns prints every type in the words of the dataset's documentation.
func TestColumns(t *testing.T) {
	var got []string
	for _, c := range Columns[row]() {
		s := c.Name + " " + c.Type
		if c.Nullable {
			s += "?"
		}
		got = append(got, s)
	}
	want := []string{"key STRING", "year INT32?", "row INT32?", "money DECIMAL(18,4)?", "need DECIMAL(18,4)",
		"day DATE?", "x FLOAT?", "word STRING?", "yes BOOLEAN", "size INT64", "text STRING", "list LIST<STRING>",
		"steps LIST<STRUCT<month INT32, percent DECIMAL(9,4)>>"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if !Has[row]("year") || Has[row]("element") {
		t.Error("Has is wrong")
	}
}
