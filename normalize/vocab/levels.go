package vocab

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed levels.tsv
var levelsTSV string

// levels are the names of levels by level and key.
var levels = sync.OnceValue(func() map[int]map[string]bool {
	out := map[int]map[string]bool{}
	for _, r := range rows(levelsTSV) {
		n := numberOr(r[0], 0)
		if out[n] == nil {
			out[n] = map[string]bool{}
		}
		out[n][Key(r[1])] = true
	}
	return out
})

// IsLevel tells whether a text is the name of a first or second level of
// performance indicators (一级指标, 二级指标), with or without its points in
// brackets: 产出指标(50分).
func IsLevel(level int, text string) bool {
	key := Key(text)
	if open := strings.IndexByte(key, '('); open > 0 {
		key = key[:open]
	}
	return levels()[level][key]
}
