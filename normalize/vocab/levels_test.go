package vocab

import "testing"

func TestLevelRows(t *testing.T) {
	sortedRows(t, levelsTSV, 2, 2)
	for _, c := range []struct {
		level int
		text  string
		want  bool
	}{
		{1, "产出指标（50分）", true}, {2, "数量指标", true}, {1, "数量指标", false}, {1, "满意度指标", true}, {2, "满意度指标", true}, {2, "培训人数", false},
	} {
		if got := IsLevel(c.level, c.text); got != c.want {
			t.Errorf("IsLevel(%d, %q) = %v", c.level, c.text, got)
		}
	}
}
