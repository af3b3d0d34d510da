package vocab

import "strings"

// rows splits an embedded vocabulary into its rows and columns. Lines that
// begin with "#" and empty lines are left out. A row short of columns is the
// mistake of whoever edited the file; the tests of the vocabularies find it.
func rows(tsv string) [][]string {
	var out [][]string
	for line := range strings.Lines(tsv) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		out = append(out, strings.Split(line, "\t"))
	}
	return out
}
