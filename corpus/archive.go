package corpus

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yusuan/extract/document"
)

// Member says where a document lies in a zip archive, so that it can be read
// without reading the archive's directory again.
type Member struct {
	// Name is its path in the archive, with "/".
	Name string
	// Offset is where its data begin in the archive, Packed their length.
	Offset, Packed int64
	// Bytes is what they unpack to, as the archive says.
	Bytes int64
	// Method is how they are packed: zip.Store or zip.Deflate.
	Method int
	// CRC is the checksum of what they unpack to.
	CRC int64
}

// openArchives puts the documents of zip archives in the place of the
// archives. One that holds none, or that is damaged, stays a file, as does a
// package that is a document itself: reading says what it is.
func openArchives(files []File, s *Settings) (out []File, leftOut []Ignored) {
	for _, f := range files {
		if f.Err != nil {
			out = append(out, f)
			continue
		}
		members, without := openArchive(f, s.Limits.WithDefaults(), cmp.Or(s.ArchiveEntries, DefaultArchiveEntries))
		leftOut = append(leftOut, without...)
		if len(members) > 0 {
			out = append(out, members...)
		} else {
			out = append(out, f)
		}
	}
	return out, leftOut
}

// openArchive lists the documents of an archive, and what it has beside them;
// none for a file that is no archive.
func openArchive(f File, lim document.Limits, entries int) (out []File, leftOut []Ignored) {
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, nil // reading it tells why
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !zipMagic(file) {
		return nil, nil
	}
	if err := tooMany(file, info.Size(), entries); err != nil {
		f.Err = err
		return []File{f}, nil
	}
	r, err := zip.NewReader(file, info.Size())
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) || isPackage(r) {
		return nil, nil
	}
	if err := bomb(r, info.Size(), lim); err != nil {
		f.Err = err
		return []File{f}, nil
	}
	names := memberNames(r.File)
	for i, m := range r.File {
		if m.FileInfo().IsDir() {
			continue
		}
		if x := ignoredMember(&f, names[i]); x != nil {
			leftOut = append(leftOut, *x)
		} else {
			out = append(out, fileOfMember(f, m, names[i], lim))
		}
	}
	if len(out) == 0 && len(leftOut) > 0 {
		f.Err = fmt.Errorf("%w: the zip archive holds no files but hidden ones and the like, which are left out", document.ErrUnsupported)
		out = append(out, f)
	}
	return out, leftOut
}

// zipMagic tells whether a file begins as zip archives do.
func zipMagic(r io.ReaderAt) bool {
	var magic [4]byte
	_, err := r.ReadAt(magic[:], 0)
	return err == nil && string(magic[:]) == "PK\x03\x04"
}

// isPackage tells whether a zip archive is one document: by the parts that
// Office, OpenDocument, OFD and Java packages have at these places.
func isPackage(r *zip.Reader) bool {
	marks := []string{"[Content_Types].xml", "word/document.xml", "mimetype", "content.xml", "OFD.xml", "META-INF/MANIFEST.MF"}
	return slices.ContainsFunc(r.File, func(m *zip.File) bool {
		return slices.Contains(marks, strings.ReplaceAll(m.Name, `\`, "/"))
	})
}

// bomb refuses an archive that says it unpacks to far more than documents do.
// Entries that share their data are counted each, as they would be read. What
// all unpack to is otherwise not bounded: documents are read one by one.
func bomb(r *zip.Reader, size int64, lim document.Limits) error {
	var sum uint64
	for _, m := range r.File {
		if m.UncompressedSize64 > math.MaxInt64 || sum > math.MaxInt64 {
			return fmt.Errorf("%w: the archive says that it unpacks to more than %d bytes", document.ErrTooLarge, int64(math.MaxInt64))
		}
		sum += m.UncompressedSize64
	}
	if sum > document.RatioAfterBytes && sum/uint64(lim.ExpandRatio) > uint64(size) {
		return fmt.Errorf("%w: the archive of %d bytes says that it unpacks to %d, the limit is %d times as many", document.ErrTooLarge, size, sum, lim.ExpandRatio)
	}
	return nil
}

// fileOfMember is a document in an archive.
func fileOfMember(archive File, m *zip.File, name string, lim document.Limits) File {
	f := File{Path: archive.Path, URI: archive.URI + "/" + name, Bytes: int64(m.UncompressedSize64)}
	offset, err := m.DataOffset()
	f.Member = &Member{
		Name: name, Offset: offset, Packed: int64(min(m.CompressedSize64, math.MaxInt64)), Bytes: f.Bytes,
		Method: int(m.Method), CRC: int64(m.CRC32),
	}
	const encrypted = 1
	switch {
	case m.Flags&encrypted != 0:
		f.Err = fmt.Errorf("%w: it has a password in the archive", document.ErrEncrypted)
	case err != nil:
		f.Err = fmt.Errorf("%w: the archive does not have its data: %w", document.ErrMalformed, err)
	case m.Method != zip.Store && m.Method != zip.Deflate:
		f.Err = fmt.Errorf("%w: it is packed in the archive by method %d; only stored and deflated entries are read", document.ErrUnsupported, m.Method)
	default:
		f.Err = f.Member.tooLarge(lim)
	}
	return f
}

// tooLarge refuses what the limits do not allow to unpack.
func (m *Member) tooLarge(lim document.Limits) error {
	switch {
	case m.Bytes > lim.FileBytes:
		return fmt.Errorf("%w: %d bytes, the limit is %d", document.ErrTooLarge, m.Bytes, lim.FileBytes)
	case m.Bytes > document.RatioAfterBytes && m.Bytes/lim.ExpandRatio > m.Packed:
		return fmt.Errorf("%w: %d bytes are packed into %d, the limit is %d times as many", document.ErrTooLarge, m.Bytes, m.Packed, lim.ExpandRatio)
	}
	return nil
}

// memberNames names the entries of an archive, each document by a name of its
// own, since a URI means one: of those with the same name all but the first get
// a number behind it, which makes a name that no other has. One whose name says
// nothing, as "..", is called by its number in the archive.
func memberNames(entries []*zip.File) []string {
	names := make([]string, len(entries))
	given := map[string]bool{}
	for i, m := range entries {
		if names[i] = memberName(m); !m.FileInfo().IsDir() {
			given[names[i]] = true
		}
	}
	used, last := map[string]bool{}, map[string]int{}
	for i, m := range entries {
		if m.FileInfo().IsDir() {
			continue
		}
		name := cmp.Or(names[i], fmt.Sprintf("entry-%d", i+1))
		own := name
		for used[own] || own != names[i] && given[own] {
			last[name] = max(last[name], 1) + 1 // the first with the name has none
			own = fmt.Sprintf("%s#%d", name, last[name])
		}
		used[own], names[i] = true, own
	}
	return names
}

// memberName is the name of an entry as people wrote it, cleaned so that it
// leads nowhere else.
func memberName(m *zip.File) string {
	const flagUTF8 = 1 << 11
	name := m.Name
	if m.Flags&flagUTF8 == 0 && !looksUTF8(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = s
		}
	}
	name = strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), string(utf8.RuneError))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// looksUTF8 tells whether a name whose encoding is not said is UTF-8, as that
// of archives made on macOS: it is valid, and has a character of three bytes,
// as every Chinese one. Names in GBK that are valid by chance have two.
func looksUTF8(name string) bool {
	ascii := func(r rune) bool { return r < utf8.RuneSelf }
	const threeBytes = 0x800
	return utf8.ValidString(name) &&
		(strings.ContainsFunc(name, func(r rune) bool { return r >= threeBytes }) || !strings.ContainsFunc(name, func(r rune) bool { return !ascii(r) }))
}
