package docx

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"

	"yusuan/extract/document"
)

// archive is the zip package that a document is kept in.
type archive struct {
	files map[string]*zip.File
	// doubles are the names that more than one part has, without repeats.
	doubles []string
	lim     document.Limits
	// root are the relationships of the package, as far as they could be read
	// when the main part was looked for.
	root    []relation
	rootErr error
	// data is the package as it is, and scratch what its parts are read with.
	data    []byte
	scratch *scratch
	// packed and expanded count the bytes of the parts unpacked so far.
	packed, expanded int64
}

// errNoPart means that the package does not hold a part.
var errNoPart = errors.New("no such part")

// maxDeflate is the best that deflate can do: 1032 bytes from one (RFC 1951:
// 258 bytes for two bits). A part that claims more is lying.
const maxDeflate = 1032

// openArchive opens a package. It is to be closed when all has been read.
func openArchive(data []byte, lim document.Limits) (*archive, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: zip: %w", document.ErrMalformed, err)
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File)), lim: lim, data: data, scratch: takeScratch()}
	z.RegisterDecompressor(zip.Deflate, a.inflate)
	for _, f := range z.File {
		// The first of two parts with one name counts.
		if key := partKey(f.Name); a.files[key] == nil {
			a.files[key] = f
		} else if !strings.HasSuffix(key, "/") && !slices.Contains(a.doubles, key) && len(a.doubles) < doublesKept {
			a.doubles = append(a.doubles, key)
		}
	}
	return a, nil
}

// doublesKept is how many names of double parts are kept: enough for a note.
const doublesKept = 8

// partKey is a part's name as it is looked up: parts are named without regard
// to case, and some writers use backslashes or a leading slash.
func partKey(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	return strings.ToLower(strings.TrimPrefix(name, "/"))
}

// close ends the use of the package and of all its parts.
func (a *archive) close() {
	a.scratch.release()
	a.scratch = nil
}

// inflate is the decompressor of the package. Its parts are bytes in memory
// and read where they lie: that is faster than through a buffer in between.
func (a *archive) inflate(r io.Reader) io.ReadCloser {
	if section, ok := r.(*io.SectionReader); ok {
		if _, from, n := section.Outer(); from >= 0 && n >= 0 && from <= int64(len(a.data)) {
			r = bytes.NewReader(a.data[from:min(from+n, int64(len(a.data)))])
		}
	}
	out, err := a.scratch.decompressor(r)
	if err != nil {
		out = failing{err}
	}
	return io.NopCloser(out)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// has tells whether the package holds a part.
func (a *archive) has(name string) bool { return a.files[partKey(name)] != nil }

// part unpacks a part. The bytes are good until the next part is unpacked or
// the package closed; the parts of a document are read one after another.
// Errors wrap errNoPart, ErrTooLarge or ErrMalformed.
func (a *archive) part(name string) ([]byte, error) {
	f := a.files[partKey(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: %s", errNoPart, name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", document.ErrMalformed, name, err)
	}
	defer r.Close()
	data, err := a.expand(r, f)
	if errors.Is(err, document.ErrTooLarge) {
		return nil, fmt.Errorf("%s: %w", name, err)
	} else if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", document.ErrMalformed, name, err)
	}
	return data, nil
}

// expand reads a part to its end and never far beyond what the limits allow,
// whatever size the package claims.
func (a *archive) expand(r io.Reader, f *zip.File) ([]byte, error) {
	packed := int64(min(f.CompressedSize64, uint64(1)<<40))
	left := a.room(packed)
	size := int64(min(f.UncompressedSize64, uint64(left)+1, uint64(packed)*maxDeflate+maxDeflate))
	// One byte more than claimed, so that the end is seen without growing.
	buf := a.scratch.part[:0]
	if int64(cap(buf)) <= size {
		buf = make([]byte, 0, size+1)
	}
	for {
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > left {
			return nil, a.tooLarge(packed, int64(len(buf)))
		}
		if err == io.EOF {
			a.scratch.part = buf
			a.packed += packed
			a.expanded += int64(len(buf))
			return buf, nil
		}
		if err != nil {
			return nil, err
		}
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
	}
}

// headBytes is how much of a part Detect looks at: the root element with its
// namespaces takes some kilobytes.
const headBytes = 64 << 10

// beginning unpacks the first bytes of a part, as many as can be had.
func (a *archive) beginning(name string) []byte {
	f := a.files[partKey(name)]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	return head(r)
}

func head(r io.Reader) []byte {
	data, err := io.ReadAll(io.LimitReader(r, headBytes))
	if err != nil && len(data)%2 != 0 {
		data = data[:len(data)-1] // half a character of UTF-16
	}
	return data
}

// remnant tells whether a package without a directory is what is left of a
// Word document: a part of Word is named in it, or the list of content types,
// which stands first as a rule, names one.
func remnant(data []byte) bool {
	const (
		header    = 30 // a local file header before the name (APPNOTE 4.3.7)
		lengthsAt = 26
	)
	if bytes.Contains(data, []byte("word/document.xml")) {
		return true
	}
	if len(data) < header || !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return false
	}
	name := int(binary.LittleEndian.Uint16(data[lengthsAt:]))
	extra := int(binary.LittleEndian.Uint16(data[lengthsAt+2:]))
	if header+name+extra > len(data) {
		return false
	}
	first := head(flate.NewReader(bytes.NewReader(data[header+name+extra:])))
	return bytes.Contains(first, []byte(mainContent))
}

// room is how many bytes a part may still expand to.
func (a *archive) room(packed int64) int64 {
	byRatio := max((a.packed+packed)*a.lim.ExpandRatio, document.RatioAfterBytes)
	return max(0, min(a.lim.ExpandedBytes, byRatio)-a.expanded)
}

func (a *archive) tooLarge(packed, read int64) error {
	if a.expanded+read > a.lim.ExpandedBytes {
		return fmt.Errorf("%w: unpacks to more than %d bytes", document.ErrTooLarge, a.lim.ExpandedBytes)
	}
	return fmt.Errorf("%w: %d bytes unpack to more than %d times that", document.ErrTooLarge, a.packed+packed, a.lim.ExpandRatio)
}

// relation is a relationship of a part to another one.
type relation struct {
	id string
	// kind is the last segment of the type, the same in transitional and in
	// strict documents: "styles".
	kind string
	// target is the part's name; "" for what lies outside the package, which
	// is never followed.
	target string
}

// relations reads the relationships of a part, "" for those of the package.
func (a *archive) relations(of string) ([]relation, error) {
	dir, base := path.Split(of)
	name := dir + "_rels/" + base + ".rels"
	data, err := a.part(name)
	if err != nil {
		return nil, err
	}
	x := newScanner(name, data, a.lim.XMLDepth)
	var out []relation
	if x.next() == tokenStart {
		for x.child(1) {
			if string(x.localName()) != "Relationship" {
				continue
			}
			r := relation{id: x.attrString("Id"), kind: path.Base(x.attrString("Type"))}
			if x.attrString("TargetMode") != "External" {
				r.target = resolveTarget(dir, x.attrString("Target"))
			}
			out = append(out, r)
		}
	}
	return out, x.end()
}

// resolveTarget returns the part that a relationship names. It cannot leave the
// package: "/" is its root, and above the root is the root.
func resolveTarget(dir, target string) string {
	target, _, _ = strings.Cut(target, "#")
	if plain, err := url.PathUnescape(target); err == nil {
		target = plain
	}
	if target == "" {
		return ""
	}
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = "/" + dir + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// mainContent is the content type of a main part, less what tells .docx, .docm
// and templates apart.
const mainContent = "wordprocessingml"

// mainPart finds the part that holds the document. guessed tells that the
// package's relationships do not name it and that its list of content types
// had to be asked.
func (a *archive) mainPart() (name string, guessed bool, err error) {
	a.root, a.rootErr = a.relations("")
	for _, r := range a.root {
		if r.kind == "officeDocument" && r.target != "" && a.has(r.target) {
			return r.target, false, nil
		}
	}
	if name := a.mainByContentType(); name != "" {
		return name, true, nil
	}
	if errors.Is(a.rootErr, document.ErrTooLarge) {
		return "", false, a.rootErr
	}
	return "", false, fmt.Errorf("%w: no part of the package is named as the document", document.ErrMalformed)
}

func (a *archive) mainByContentType() string {
	const name = "[Content_Types].xml"
	data, err := a.part(name)
	if err != nil {
		return ""
	}
	x := newScanner(name, data, a.lim.XMLDepth)
	if x.next() != tokenStart {
		return ""
	}
	for x.child(1) {
		kind := x.attrString("ContentType")
		if strings.Contains(kind, mainContent) && strings.HasSuffix(kind, ".main+xml") {
			if part := resolveTarget("", x.attrString("PartName")); a.has(part) {
				return part
			}
		}
	}
	return ""
}
