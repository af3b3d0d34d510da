package cmap

import "strings"

// Simple returns the characters of the 256 codes of a simple font's base
// encoding: "WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding"; nil for
// any other. 0 is a code without a character.
func Simple(name string) *[256]rune {
	var t [256]rune
	for c := rune(' '); c <= '~'; c++ {
		t[c] = c
	}
	switch name {
	case "WinAnsiEncoding":
		fill(&t, 0x80, winTop)
		for c := rune(0xa0); c <= 0xff; c++ {
			t[c] = c
		}
	case "MacRomanEncoding":
		fill(&t, 0x80, macRoman)
		t[0xca] = '\u00a0'
	case "StandardEncoding":
		t['\''], t['`'] = '’', '‘'
		fill(&t, 0xa0, standardTop)
	default:
		return nil
	}
	return &t
}

// fill sets the codes from first on; a blank is a code without a character.
func fill(t *[256]rune, first int, chars string) {
	for _, r := range chars {
		if r != ' ' && first < len(t) {
			t[first] = r
		}
		first++
	}
}

// The tables are those of ISO 32000-1, annex D.2.
const (
	winTop   = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ"
	macRoman = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø" +
		"¿¡¬√ƒ≈∆«»… ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"
	standardTop = " ¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß    "
)

// Symbol returns the characters of the 256 codes of the built-in encoding of
// the fonts Symbol and ZapfDingbats, as far as they have one in documents;
// nil for any other font.
func Symbol(font string) *[256]rune {
	var t [256]rune
	switch {
	case strings.HasPrefix(font, "Symbol"):
		fill(&t, 0x20, symbolLow)
		fill(&t, 0xa0, symbolTop)
		t[' '] = ' '
	case strings.HasPrefix(font, "ZapfDingbats"):
		// U+2701 on is in the order of this font's codes, but for a few
		// places that Unicode had already.
		for c := 0x21; c <= 0x7e; c++ {
			t[c] = rune(0x2701 + c - 0x21)
		}
		t[' '], t[0x6c], t[0x6e], t[0x73], t[0x74], t[0x75], t[0x48] = ' ', '●', '■', '▲', '▼', '◆', '★'
	default:
		return nil
	}
	return &t
}

const (
	symbolLow = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
	symbolTop = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…  ↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑" +
		"⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭ "
)
