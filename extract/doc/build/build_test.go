package build

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
)

// A parsed is a file that was written, taken apart by the FIB.
type parsed struct {
	t           *testing.T
	word, table []byte
	data        []byte
}

func parse(t *testing.T, lines ...string) parsed {
	t.Helper()
	file, err := Parse([]byte(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	s := streamsOf(t, file)
	return parsed{t, s["WordDocument"], s["1Table"], s["Data"]}
}

func (p parsed) u32(at int) int { return int(int32(binary.LittleEndian.Uint32(p.word[at:]))) }

// pair is a structure of the table stream.
func (p parsed) pair(name string) []byte {
	p.t.Helper()
	f, ok := findField("fc" + name)
	if !ok {
		p.t.Fatalf("no pair %s", name)
	}
	at, n := p.u32(f.offset), p.u32(f.offset+4)
	return p.table[at : at+n]
}

// same compares bytes with hexadecimal; blanks in it are for the reader.
func (p parsed) same(what string, got []byte, want string) {
	p.t.Helper()
	w, err := hex.DecodeString(strings.ReplaceAll(want, " ", ""))
	if err != nil {
		p.t.Fatal(err)
	}
	if !bytes.Equal(got, w) {
		p.t.Errorf("%s\n got %X\nwant %X", what, got, w)
	}
}

// TestFIB checks where the fields stand and what the parts count.
func TestFIB(t *testing.T) {
	p := parse(t, `p "正文{foot}{shape:1025}"`, `footnote "{note}注"`, `textbox 1025 "框"`, `fib fComplex=1 lKey=7`)
	p.same("base", p.word[:20], "ECA5 C100 0000 0408 0000 0452 BF00 07000000 00 00")
	for field, want := range map[string]int{
		"ccpText": 5, "ccpFtn": 4, "ccpHdd": 0, "ccpEdn": 0, "ccpTxbx": 3, "fcMin": textStart, "fcMac": textStart + 26,
	} {
		if got := p.u32(fibFields[field].offset); got != want {
			t.Errorf("%s is %d, want %d", field, got, want)
		}
	}
	if len(pairNames) != fibPairs || pairIndex("PlfLfo") != 74 || pairIndex("Clx") != 33 || pairIndex("PlcftxbxTxt") != 56 {
		t.Errorf("the pairs of the FIB are not in their places")
	}
}

// TestPieces checks the Clx and the text of a file whose pieces are stored in
// another order.
func TestPieces(t *testing.T) {
	p := parse(t,
		`p "甲" piece[8 prm0 CFVanish=1] "b–" piece[16 prm1 CFBold=1 PIstd=2] "丙"`,
		`order 2,0,1`)
	p.same("clx", p.pair("Clx"), "01 0700 350801 00460200 02 28000000"+
		"00000000 01000000 03000000 05000000"+
		"0000 04040000 0000"+ // behind the third piece of four bytes
		"0000 0C080040 B801"+ // 2 * 0x406, 8-bit
		"0000 00040000 0100")
	p.same("text", p.word[textStart:textStart+8], "194E 0D00 3275 62 96")
}

// TestParagraphPage checks a page of paragraph properties, its order by place,
// and the long form of properties of even length.
func TestParagraphPage(t *testing.T) {
	p := parse(t, `p istd=3 PFKeep=1 "一"`, `p PIlfo=1 "二"`, `p istd=3 PFKeep=1 "三"`)
	bte := p.pair("PlcfBtePapx")
	page := p.word[512*int(binary.LittleEndian.Uint32(bte[8:])):][:512]
	p.same("boundaries", page[:16], "00040000 04040000 08040000 0C040000")
	one, two := 2*int(page[16]), 2*int(page[16+papxEntry])
	if page[511] != 3 || page[16] != page[16+2*papxEntry] {
		t.Errorf("%d paragraphs, properties at %d and %d", page[511], page[16], page[16+2*papxEntry])
	}
	p.same("odd", page[one:one+6], "03 0300 052401")
	p.same("even", page[two:two+8], "00 03 0000 0B460100")
}

// TestManyPages checks that formatting goes over pages without gaps.
func TestManyPages(t *testing.T) {
	var lines []string
	for i := range 300 {
		lines = append(lines, fmt.Sprintf(`p PIlfo=%d "一" [CHps=%d "二"]`, i, i))
	}
	p := parse(t, lines...)
	for _, name := range []string{"PlcfBtePapx", "PlcfBteChpx"} {
		bte := p.pair(name)
		n := (len(bte) - 4) / 8
		if n < 5 {
			t.Errorf("%s has %d pages", name, n)
		}
		for i := range n {
			page := p.word[512*int(binary.LittleEndian.Uint32(bte[4*(n+1)+4*i:])):][:512]
			count := int(page[511])
			p.same(name, page[:4], fmt.Sprintf("%X", bte[4*i:4*i+4]))
			p.same(name, page[4*count:4*count+4], fmt.Sprintf("%X", bte[4*i+4:4*i+8]))
		}
	}
}

// TestHuge checks that long properties go to the Data stream.
func TestHuge(t *testing.T) {
	p := parse(t, `data 前 hex=AABB`, `p huge PFKeep=1 "一"`)
	p.same("data", p.data, "00000000 AABB 0300 052401")
	bte := p.pair("PlcfBtePapx")
	page := p.word[512*int(binary.LittleEndian.Uint32(bte[8:])):][:512]
	at := 2 * int(page[8])
	p.same("papx", page[at:at+10], "00 04 0000 4666 06000000")
}

// TestRow checks the characters and the row mark of a row, at two depths.
func TestRow(t *testing.T) {
	w := build(t, `row -10,1000,2000 TTableHeader=1 | horz=2 vert=restart "甲" | tc=0x100`,
		`  |`, `    row 0,500 | "内"`)
	var text []string
	for _, c := range w.chars {
		s := fmt.Sprintf("%04X", c.code)
		if c.para != nil {
			b, err := w.grpprl(c.para.prls)
			if err != nil {
				t.Fatal(err)
			}
			s += fmt.Sprintf(" %X", b)
		}
		text = append(text, s)
	}
	const in1, in2 = "162401496601000000", "162401496602000000"
	tc := strings.Repeat("00", 18)
	want := []string{
		"7532", "0007 " + in1, "0007 " + in1,
		"5185", "000D " + in2 + "4B2401", "000D " + in2 + "4B24014C2401" + "08D61A00" + "01" + "0000F401" + "0000" + tc,
		"0007 " + in1,
		"0007 " + in1 + "172401" + "08D63000" + "02" + "F6FFE803D007" + "6200" + tc + "0001" + tc + "043401",
		"000D ",
	}
	if got := strings.Join(text, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// build puts the parts of a description together without writing them.
func build(t *testing.T, lines ...string) *writer {
	t.Helper()
	nodes, err := scan(strings.Join(lines, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	f := &file{}
	for _, n := range nodes {
		if err := f.main.block(n, 0); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.main.close(); err != nil {
		t.Fatal(err)
	}
	w := &writer{file: f}
	if err := w.joinParts(); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestStyleSheet checks a paragraph style in its slot.
func TestStyleSheet(t *testing.T) {
	p := parse(t, `style 1 "一" sti=1 base=0 POutLvl=0 CFBold=1`, `p "x"`)
	sheet := p.pair("Stshf")
	p.same("header", sheet[:20], "1200 0F00 0A00 0100 5B00 0F00 0000 0000 0000 0000")
	first := 20 + 2 + int(binary.LittleEndian.Uint16(sheet[20:]))
	p.same("style 1", sheet[first:first+32], "1E00"+
		"0100 0100 1200 1E00 0000"+ // sti, kind and base, parts and next, size
		"0100 004E 0000"+ // name
		"0500 0100 402600 00"+ // properties of paragraphs, a byte to make them even
		"0300 350801 00")
}

// TestLists checks a level, its text, and an override.
func TestLists(t *testing.T) {
	p := parse(t, `list 5 simple styles=2`, `  level nfc=circle start=3 follow=space legal restart=0 PDxaLeft80=420 "第%1、"`,
		`lfo list=5`, `  override 0 start=7`, `p "x"`)
	p.same("PlfLst", p.pair("PlfLst"), "0100 05000000 05000000 0200"+strings.Repeat("FF0F", 8)+"01 00")
	f, _ := findField("fcPlfLst")
	level := p.table[p.u32(f.offset)+30:]
	p.same("LVL", level[:40], "03000000 12 0C 020000000000000000 01 00000000 00000000 00 04 00 00 0F84A401 0300 2C7B 0000 0130")
	p.same("PlfLfo", p.pair("PlfLfo"), "01000000 05000000 00000000 00000000 01000000 FFFFFFFF 07000000 10000000")
}

// TestNotes checks where notes, fields and shapes are found.
func TestNotes(t *testing.T) {
	p := parse(t, `p "a{foot}{foot:*}{field} PAGE {sep}1{end}{shape:9}"`, `footnote "{note}x"`, `footnote "yy"`, `textbox 9 "z"`)
	p.same("references", p.pair("PlcffndRef"), "01000000 02000000 0F000000 0100 0000")
	p.same("notes", p.pair("PlcffndTxt"), "00000000 03000000 06000000 09000000")
	p.same("fields", p.pair("PlcfFldMom"), "03000000 0A000000 0C000000 0F000000 1321 14FF 1580")
	p.same("anchors", p.pair("PlcSpaMom")[:12], "0D000000 0F000000 09000000")
	p.same("boxes", p.pair("PlcftxbxTxt")[:34], "00000000 02000000 03000000 01000000 00000000 0000 FFFFFFFF 09000000 00000000")
}

// TestHeaders checks that headers stand in the stories of their sections.
func TestHeaders(t *testing.T) {
	p := parse(t, `p end=section "1"`, `p "2"`, `header 2 odd-footer "f"`)
	got := p.pair("PlcfHdd")
	var want []byte
	for i := range 20 {
		at := 0
		if i > 6+6+3 {
			at = 3
		}
		if i == 19 {
			at = 6
		}
		want = append(want, words32(at)...)
	}
	p.same("stories", got, fmt.Sprintf("%X", want))
	p.same("sections", p.pair("PlcfSed")[:12], "00000000 02000000 04000000")
}

// TestForm checks the data of a drop-down list.
func TestForm(t *testing.T) {
	p := parse(t, `form a choice result=1 default=2 "甲" "乙"`, `p [CFData=1 CPicLocation=@a "{pic}"]`)
	p.same("header", p.data[4:10], "78000000 4400")
	p.same("FFData", p.data[4+0x44:], "FFFFFFFF 0680 0000 1400 0100 6100 0000 0200"+
		strings.Repeat("00000000", 5)+"FFFF 0200 0000 0100 3275 0100 594E")
}

// TestDamage checks patches of streams, structures and the file.
func TestDamage(t *testing.T) {
	p := parse(t, `p "x"`, `stream "S" "abcdef"`, `patch WordDocument+0x02 AA BB`, `patch Clx+1 CC`, `patch Text+2 79`)
	p.same("word", p.word[2:4], "AABB")
	p.same("clx", p.pair("Clx")[:3], "02 CC 00")
	p.same("text", p.word[textStart:textStart+4], "7800 7900")
	file, err := Parse([]byte("p \"x\"\nstream \"S\" \"abcdef\"\ncut S 3\ndrop Data\n"))
	if err == nil || file != nil {
		t.Errorf("a stream was dropped that is not there: %v", err)
	}
	file, err = Parse([]byte("p \"x\"\nstream \"S\" \"abcdef\"\nstream \"{05}T\" hex=00\ncut S 3\ndrop {05}T\npatch file+8 FF"))
	if err != nil {
		t.Fatal(err)
	}
	streams := streamsOf(t, file)
	if string(streams["S"]) != "abc" || len(streams) != 3 || file[8] != 0xFF {
		t.Errorf("got %d streams, S is %q", len(streams), streams["S"])
	}
}

// TestErrors lists what a description may get wrong, with the whole message.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`p "x`, `line 1: a text has no end: "x`},
		{"\n# c\np [CFBold=1 \"x\"", `line 3: "]" is missing`},
		{`q "x"`, `line 1: no block is named "q"`},
		{`p PFoo=1 "x"`, `line 1: no property is named "PFoo"`},
		{`p "{foo}"`, `line 1: no character is named {foo}`},
		{`p [CFBold=1,2 "x"]`, `line 1: CFBold: 1 values, not 2`},
		{`p CFBold=a "x"`, `line 1: CFBold: "a" is no number`},
		{`p 0x08G5=01 "x"`, `line 1: "0x08G5" is no opcode`},
		{`row | "x"`, `line 1: a row begins with its boundaries, or -`},
		{"row 0,1\n  p \"x\"", `line 2: a line below a row begins with |`},
		{`piece 9`, `line 1: a piece has 8 or 16 bits a character`},
		{"piece 8\np \"预\"", `U+9884 has no place in an 8-bit piece`},
		{"p \"a\" piece[8] \"b\"\norder 0,0", `order is not an order of the 2 pieces`},
		{`p [CPicLocation=@x "{pic}"]`, `no data is named "x"`},
		{"fib ccpFoo=1\np \"x\"", `line 1: the FIB has no field "ccpFoo"`},
		{"p \"x\"\ncut Nothing 3", `line 2: there is no stream "Nothing"`},
		{"p \"x\"\npatch WordDocument+5000 00", `line 2: WordDocument has only 4096 bytes`},
		{`title codepage=936 "题"`, `line 1: text of code page 936 is given with hex=`},
		{``, `the description has no text`},
		{"p \"x\"\npiece 8", `the last piece has no text`},
	} {
		_, err := Parse([]byte(c.text))
		if err == nil || err.Error() != c.want {
			t.Errorf("%q\n got %v\nwant %s", c.text, err, c.want)
		}
	}
}

// TestQuote checks that any text can be written.
func TestQuote(t *testing.T) {
	const text = "a\"b{c}\td\ne#[f] “预算”"
	w := build(t, "p "+Quote(text))
	var got []rune
	for _, c := range w.chars[:len(w.chars)-1] {
		got = append(got, rune(c.code))
	}
	if want := strings.ReplaceAll(text, "\n", "\v"); string(got) != want {
		t.Errorf("got %q, want %q", string(got), want)
	}
}

// FuzzParse checks that no description, however wrong, ends in a panic.
func FuzzParse(f *testing.F) {
	f.Add("style 1 \"a\" base=0\nlist 1\n  level \"%1\"\nlfo list=1\np istd=1 PIlfo=1 \"x{foot}\"\nfootnote \"y\"")
	f.Add("row 0,100,200 tcs=1 | horz=2 \"a\" / \"b\" |\n  |\n    row - | \"c\"\npiece 8 prm1 CFVanish=1\np \"d\"\norder 1,0")
	f.Add("form a check\np [CFData=1 CPicLocation=@a \"{pic}\"] \"{shape:7}{field}x{sep}y{end}\"\ntextbox 7 \"t\"\nheader 1 odd-header \"h\"")
	f.Add("title codepage=1200 \"t\"\nstream \"s\" hex=00\nfib fcClx=9\npatch Clx+0 00\ncut file 100\ndrop s\np \"x\"")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := Parse([]byte(text))
		if err != nil && strings.TrimSpace(err.Error()) == "" {
			t.Error("an error says nothing")
		}
	})
}

// TestWord6 checks what is older in a file of Word 6: the tables in the stream of
// the text, codes of one byte, descriptors of ten.
func TestWord6(t *testing.T) {
	file, err := Parse([]byte("word6\nrow 0,500 TMerge=0,1 | vert=restart \"a\"\np [CFVanish=1 \"b\"] \"{foot}\"\nfootnote \"n\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := streamsOf(t, file)
	if len(s) != 1 {
		t.Fatalf("%d streams", len(s))
	}
	p := parsed{t: t, word: s["WordDocument"]}
	p.same("base", p.word[:12], "DCA5 6500 0000 0408 0000 0000")
	p.same("text", p.word[textStart:textStart+9], "61 07 07 62 02 0D 6E 0D 0D")
	if got := [...]int{p.u32(0x18), p.u32(0x1C), p.u32(0x34), p.u32(0x38)}; got != [...]int{textStart, textStart + 10, 6, 3} {
		t.Errorf("text from, to, of the body, of the notes: %d", got)
	}
	bin := p.word[p.u32(0xC0):][:p.u32(0xC4)]
	page := p.word[512*int(binary.LittleEndian.Uint16(bin[8:])):][:512]
	n := int(page[511])
	mark := 2 * int(page[4*(n+1)+oldPapxEntry*1])
	p.same("row", page[mark:mark+28], "0E 0000 1801 1901 BE 1000 01 0000F401 6000"+strings.Repeat("00", 8)+"C5 0001")
	p.same("references", p.word[p.u32(0x68):][:p.u32(0x6C)], "04000000 06000000 0100")
}
