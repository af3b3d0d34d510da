package reconcile

import "testing"

// TestPlaces names the place of the other side of a figure.
func TestPlaces(t *testing.T) {
	message := func(b *builder) string { return Check(b.d).Findings[0].Message }
	b := withTables(t).say("支出预算|4|2024")
	b.d.Tables[1].Title = "收支总表"
	if m := message(b); !contains(m, "(against table 1)") && !contains(m, "(against table 2 “收支总表”)") {
		t.Error(m)
	}
	b = build(t).table(expenditureForm, 4, spending, "205|教育支出|50.00|20.00|30.00", "20501|管理|50.00|20.00|30.00", "|合计|59.00|20.00|30.00").say("支出预算|50.00|2024")
	if m := message(b); !contains(m, "(against paragraph p1 b1000)") {
		t.Error(m)
	}
	b = build(t).table(expenditureForm, 4, spending, "205|教育支出|50.00|20.00|30.00", "20501|管理|50.00|20.00|30.00", "|合计|59.00|20.00|30.00")
	if m := message(b); contains(m, "against") {
		t.Error(m)
	}
}
