package reconcile

import "yusuan/normalize/record"

// misprint looks for the one number that makes a rate fit if a single digit of
// an amount is changed or left out: 43269.3 for 3269.3, 392.92 for 382.92. The
// level is not doubted, because it stands in the tables, too. ok is false if no
// number fits, or more than one.
func (r *ratio) misprint() (wrong *record.Amount, right record.Decimal, ok bool) {
	if r.doubt == nil {
		return nil, record.Null, false
	}
	found := map[string]record.Decimal{}
	exact := record.Int(0)
	for _, text := range oneDigitOff(r.doubt.Number.String()) {
		n, err := record.ParseDecimal(text)
		if err != nil {
			continue
		}
		try := *r
		try.all.value = n.Shift(r.doubt.ScaleExp)
		if r.doubt.Change != "" {
			a := *r.doubt
			a.Number, a.Base = n, try.all.value
			try.all = baseOf(r.part, &a)
		}
		try.part.half, try.all.half = exact, exact
		if holds, known := try.fits(1); holds && known {
			found[n.String()] = n.Shift(r.doubt.ScaleExp)
		}
	}
	if len(found) != 1 {
		return nil, record.Null, false
	}
	for _, v := range found {
		right = v
	}
	return r.doubt, right, true
}

// oneDigitOff returns the numbers that differ from one in a single digit: it
// is another, or one too many.
func oneDigitOff(text string) []string {
	var out []string
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		if len(text) > 1 {
			out = append(out, text[:i]+text[i+1:])
		}
		for d := byte('0'); d <= '9'; d++ {
			if d != text[i] {
				out = append(out, text[:i]+string(d)+text[i+1:])
			}
		}
	}
	return out
}
