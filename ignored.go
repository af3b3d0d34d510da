package main

import (
	"slices"
	"strings"

	"yusuan/corpus"
)

// ignoredNames says what the reasons mean for which something among the inputs is
// left out, in the order in which they are counted.
var ignoredNames = []struct{ why, text string }{
	{corpus.IgnoredLink, "left out: links to folders, or out of the folder (link)"},
	{corpus.IgnoredSpecial, "left out: pipes, devices and the like (special)"},
	{corpus.IgnoredHidden, "left out: hidden files and folders, .name (hidden)"},
	{corpus.IgnoredLock, "left out: lock files of office programs, ~$name (lock)"},
	{corpus.IgnoredSystem, "left out: what file managers write, Thumbs.db, desktop.ini, __MACOSX (system)"},
}

// ignoredHelp is the part of a command's help that tells what is left out.
const ignoredHelp = `Left out, and counted by reason, are hidden files and folders (.name), lock
files of office programs (~$name), what file managers write (Thumbs.db,
desktop.ini, __MACOSX), also in zip archives; links to folders or out of the
folder, and special files. A folder counts once. plan --all and --json name them.`

// byName tells whether the reason is a name that documents do not have: such
// files are many, and not missed.
func byName(why string) bool {
	return slices.Contains([]string{corpus.IgnoredHidden, corpus.IgnoredLock, corpus.IgnoredSystem}, why)
}

// ignoredLines counts what is left out, a line for each reason that there is.
func ignoredLines(b *strings.Builder, all []corpus.Ignored) {
	counts := ignoredCounts(all)
	for _, n := range ignoredNames {
		if counts[n.why] > 0 {
			line(b, n.text, counts[n.why])
		}
	}
}

// ignoredCounts counts what is left out by reason.
func ignoredCounts(all []corpus.Ignored) map[string]int {
	out := map[string]int{}
	for _, x := range all {
		out[x.Why]++
	}
	return out
}

// ignoredURIs names what is left out; JSON prints it as a list.
func ignoredURIs(all []corpus.Ignored) []string {
	out := []string{}
	for _, x := range all {
		out = append(out, x.URI)
	}
	return out
}
