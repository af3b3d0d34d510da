package heading

import "testing"

func TestNamed(t *testing.T) {
	for name, want := range map[string]int{
		"heading 1": 1, "Heading9": 9, "标题 2": 2, "標題3": 3, "heading 1,一级": 1, "HEADING 4": 4,
		"heading": NotSet, "heading 0": NotSet, "heading 10": NotSet, "heading one": NotSet, "正文": NotSet, "": NotSet,
	} {
		if got := Named(name); got != want {
			t.Errorf("%q: got %d, want %d", name, got, want)
		}
	}
}

func TestOutline(t *testing.T) {
	for n, want := range map[int]int{0: 1, 8: 9, 9: 0, 10: NotSet, -1: NotSet} {
		if got := Outline(n); got != want {
			t.Errorf("%d: got %d, want %d", n, got, want)
		}
	}
}
