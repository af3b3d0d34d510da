package content

import "github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

// maxAnnotations bounds the annotations of a page that are looked at.
const maxAnnotations = 10_000

// annotations paints the appearances of the form fields and typed notes of a
// page: text that a person sees there as part of it.
func (in *interpreter) annotations(o types.Object) error {
	f := in.file
	list := f.array(o)
	base := in.state
	for _, a := range list[:min(len(list), maxAnnotations)] {
		d := f.dict(a)
		switch f.name(d["Subtype"]) {
		case "Widget", "FreeText":
		default:
			continue
		}
		const hidden, noView = 1 << 1, 1 << 5
		if f.int(d["F"], 0)&(hidden|noView) != 0 {
			continue
		}
		in.state = base
		if err := in.appearance(d); err != nil {
			return err
		}
	}
	in.state = base
	return nil
}

// appearance paints the normal appearance of an annotation, its box fitted
// into the annotation's (ISO 32000-1, 12.5.5).
func (in *interpreter) appearance(d types.Dict) error {
	f := in.file
	o := f.dict(d["AP"])["N"]
	if states, ok := f.resolve(o).(types.Dict); ok {
		o = states[f.name(d["AS"])]
	}
	sd, ok := f.stream(o)
	where, sized := f.nums(d["Rect"], 4)
	if !ok || !sized {
		return nil
	}
	fm, err := f.form(o, &sd)
	if err != nil || fm.box == nil {
		return err
	}
	to, from := normal(where), fm.matrix.box(normal(fm.box))
	if from.empty() || to.empty() {
		return nil
	}
	sx, sy := (to.x1-to.x0)/(from.x1-from.x0), (to.y1-to.y0)/(from.y1-from.y0)
	in.state.ctm = matrix{sx, 0, 0, sy, to.x0 - from.x0*sx, to.y0 - from.y0*sy}.then(in.state.ctm)
	return in.paintForm(fm)
}
