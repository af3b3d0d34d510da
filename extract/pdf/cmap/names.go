package cmap

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// GlyphText returns what a glyph of that name stands for: names of Adobe's
// Glyph List as far as Latin, Greek and signs go, uniXXXX and uXXXXXX, parts
// joined by "_" and variants behind a ".". Names that only number glyphs (g12,
// cid34, index5) stand for nothing; see GlyphNumber.
func GlyphText(name string) (string, bool) {
	name, _, _ = strings.Cut(name, ".")
	if name == "" {
		return "", false
	}
	if r, ok := glyphNames()[name]; ok {
		return string(r), true
	}
	if strings.Contains(name, "_") {
		var out strings.Builder
		for part := range strings.SplitSeq(name, "_") {
			text, ok := GlyphText(part)
			if !ok {
				return "", false
			}
			out.WriteString(text)
		}
		return out.String(), true
	}
	return hexName(name)
}

// hexName reads uniXXXX, with several groups of four digits for several
// characters, and uXXXX to uXXXXXX.
func hexName(name string) (string, bool) {
	if digits, ok := strings.CutPrefix(name, "uni"); ok && len(digits) >= 4 && len(digits)%4 == 0 {
		var out strings.Builder
		for ; digits != ""; digits = digits[4:] {
			n, err := strconv.ParseUint(digits[:4], 16, 32)
			if err != nil || !utf8.ValidRune(rune(n)) || n == 0 {
				return "", false
			}
			out.WriteRune(rune(n))
		}
		return out.String(), true
	}
	digits, ok := strings.CutPrefix(name, "u")
	if !ok || len(digits) < 4 || len(digits) > 6 {
		return "", false
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return "", false
	}
	return string(rune(n)), true
}

// GlyphNumber reads names that only number the glyphs of a font: g12, gid12,
// glyph12, index12, cid12.
func GlyphNumber(name string) (int, bool) {
	i := strings.IndexAny(name, "0123456789")
	if i < 0 {
		return 0, false
	}
	digits := name[i:]
	switch strings.ToLower(name[:i]) {
	case "g", "gid", "glyph", "index", "cid":
	default:
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || n > 0xffff {
		return 0, false
	}
	return n, true
}

// glyphNames are the names that GlyphText knows by heart.
var glyphNames = sync.OnceValue(func() map[string]rune {
	m := map[string]rune{}
	for c := 'A'; c <= 'Z'; c++ {
		m[string(c)] = c
		m[string(c+'a'-'A')] = c + 'a' - 'A'
	}
	addPairs(m, asciiNames+latinNames+signNames+greekNames)
	for accent, pairs := range accented() {
		runes := []rune(strings.ReplaceAll(pairs, " ", ""))
		for i := 0; i+1 < len(runes); i += 2 {
			m[string(runes[i])+accent] = runes[i+1]
		}
	}
	return m
})

// addPairs adds "name rune name rune …".
func addPairs(m map[string]rune, pairs string) {
	fields := strings.Fields(pairs)
	for i := 0; i+1 < len(fields); i += 2 {
		r, _ := utf8.DecodeRuneInString(fields[i+1])
		m[fields[i]] = r
	}
	m["space"], m["nbspace"], m["nonbreakingspace"], m["nbsp"] = ' ', '\u00a0', '\u00a0', '\u00a0'
	m["sfthyphen"], m["softhyphen"] = '\u00ad', '\u00ad'
	m["ideographicspace"] = '\u3000'
}

const asciiNames = `exclam ! quotedbl " numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright )
asterisk * plus + comma , hyphen - minus − period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7
eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \ bracketright ]
asciicircum ^ underscore _ grave ` + "`" + ` braceleft { bar | braceright } asciitilde ~ `

const latinNames = `exclamdown ¡ cent ¢ sterling £ currency ¤ yen ¥ brokenbar ¦ section § dieresis ¨ copyright ©
ordfeminine ª guillemotleft « logicalnot ¬ registered ® macron ¯ degree ° plusminus ± twosuperior ² threesuperior ³
acute ´ mu µ paragraph ¶ periodcentered · middot · cedilla ¸ onesuperior ¹ ordmasculine º guillemotright »
onequarter ¼ onehalf ½ threequarters ¾ questiondown ¿ AE Æ ae æ Eth Ð eth ð multiply × divide ÷ Oslash Ø oslash ø
Thorn Þ thorn þ germandbls ß Dcroat Đ dcroat đ dotlessi ı IJ Ĳ ij ĳ Lslash Ł lslash ł Ldot Ŀ ldot ŀ OE Œ oe œ
Hbar Ħ hbar ħ kgreenlandic ĸ Eng Ŋ eng ŋ Tbar Ŧ tbar ŧ longs ſ florin ƒ circumflex ˆ caron ˇ breve ˘ dotaccent ˙
ring ˚ ogonek ˛ tilde ˜ hungarumlaut ˝ fi ﬁ fl ﬂ ff ﬀ ffi ﬃ ffl ﬄ quoteleft ‘ quoteright ’ quotesinglbase ‚
quotedblleft “ quotedblright ” quotedblbase „ dagger † daggerdbl ‡ bullet • ellipsis … perthousand ‰
guilsinglleft ‹ guilsinglright › fraction ⁄ Euro € endash – emdash — figuredash ‒ horizontalbar ― trademark ™
onedotenleader ․ twodotenleader ‥ exclamdbl ‼ `

const signNames = `Ohm Ω estimated ℮ arrowleft ← arrowup ↑ arrowright → arrowdown ↓ arrowboth ↔ arrowupdn ↕
partialdiff ∂ increment ∆ product ∏ summation ∑ radical √ infinity ∞ integral ∫ approxequal ≈ notequal ≠
lessequal ≤ greaterequal ≥ lozenge ◊ proportional ∝ angle ∠ logicaland ∧ logicalor ∨ intersection ∩ union ∪
similar ∼ congruent ≅ equivalence ≡ propersubset ⊂ propersuperset ⊃ reflexsubset ⊆ reflexsuperset ⊇ element ∈
notelement ∉ therefore ∴ perpendicular ⊥ universal ∀ existential ∃ emptyset ∅ gradient ∇ minute ′ second ″
asteriskmath ∗ dotmath ⋅ circleplus ⊕ circlemultiply ⊗ filledbox ■ H18533 ■ H22073 □ H18543 ▪ H18551 ▫
triagup ▲ triagdn ▼ triagrt ► triaglf ◄ circle ○ H18533 ■ smileface ☺ invsmileface ☻ sun ☼ female ♀ male ♂
spade ♠ club ♣ heart ♥ diamond ♦ musicalnote ♪ musicalnotedbl ♫ checkmark ✓ commaaccent , numero № afii61352 № `

const greekNames = `Alpha Α Beta Β Gamma Γ Delta ∆ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν
Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω alpha α beta β gamma γ delta δ
epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ nu ν xi ξ omicron ο pi π rho ρ sigma1 ς sigma σ tau τ
upsilon υ phi φ chi χ psi ψ omega ω theta1 ϑ phi1 ϕ omega1 ϖ `

// accented are, by accent, pairs of a letter and the letter with it.
func accented() map[string]string {
	return map[string]string{
		"grave":        "AÀ EÈ IÌ OÒ UÙ NǸ WẀ YỲ aà eè iì oò uù nǹ wẁ yỳ",
		"acute":        "AÁ CĆ EÉ IÍ LĹ NŃ OÓ RŔ SŚ UÚ YÝ ZŹ WẂ aá cć eé ií lĺ nń oó rŕ sś uú yý zź wẃ",
		"circumflex":   "AÂ CĈ EÊ GĜ HĤ IÎ JĴ OÔ SŜ UÛ WŴ YŶ aâ cĉ eê gĝ hĥ iî jĵ oô sŝ uû wŵ yŷ",
		"tilde":        "AÃ IĨ NÑ OÕ UŨ aã iĩ nñ oõ uũ",
		"dieresis":     "AÄ EË IÏ OÖ UÜ WẄ YŸ aä eë iï oö uü wẅ yÿ",
		"ring":         "AÅ UŮ aå uů",
		"cedilla":      "CÇ SŞ TŢ cç sş tţ",
		"commaaccent":  "GĢ KĶ LĻ NŅ RŖ SȘ TȚ gģ kķ lļ nņ rŗ sș tț",
		"caron":        "AǍ CČ DĎ EĚ GǦ IǏ LĽ NŇ OǑ RŘ SŠ TŤ UǓ ZŽ aǎ cč dď eě gǧ iǐ lľ nň oǒ rř sš tť uǔ zž",
		"breve":        "AĂ EĔ GĞ IĬ OŎ UŬ aă eĕ gğ iĭ oŏ uŭ",
		"macron":       "AĀ EĒ IĪ OŌ UŪ aā eē iī oō uū",
		"ogonek":       "AĄ EĘ IĮ UŲ aą eę iį uų",
		"dotaccent":    "CĊ EĖ GĠ Iİ ZŻ cċ eė gġ zż",
		"hungarumlaut": "OŐ UŰ oő uű",
	}
}
