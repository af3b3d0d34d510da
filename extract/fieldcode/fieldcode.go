// Package fieldcode reads the instructions of Word's fields: TC "附表" \l 2,
// EQ \o\ac(○,12), SYMBOL 179 \f Symbol. A field shows its stored result; the
// instruction tells what a field shows that stores none, and which headings
// mark a table of contents. Every reader of Word files needs it (ECMA-376 part
// 1, 17.16.5; [MS-DOC] 2.8.25 stores the same instructions).
package fieldcode

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"yusuan/extract/symbol"
)

// Code is the instruction of a field.
type Code struct {
	// Kind is the first word in upper case: "TC", "PAGE".
	Kind string
	// rest is what stands behind it.
	rest string
}

// Parse takes an instruction apart. Bytes that are no characters become U+FFFD.
func Parse(instr string) Code {
	kind, rest, _ := strings.Cut(strings.TrimSpace(strings.ToValidUTF8(instr, "\uFFFD")), " ")
	if head, tail, glued := strings.Cut(kind, `\`); glued {
		kind, rest = head, `\`+tail+" "+rest // EQ\o(…) without a blank
	}
	return Code{Kind: strings.ToUpper(kind), rest: rest}
}

// Text returns what a field shows by its instruction alone, "" if that is not
// known: an enclosed character, the base of a phonetic guide, a symbol.
func (c Code) Text() string {
	switch c.Kind {
	case "EQ":
		if text := enclosed(c.rest); text != "" {
			return text
		}
		return phoneticBase(c.rest)
	case "SYMBOL":
		return symbolOf(c.rest)
	}
	return ""
}

// Silent tells whether a field of this kind is not meant to show anything:
// index and table marks, instructions to the program, and numbers that are only
// counted (SEQ \h).
func (c Code) Silent() bool {
	switch c.Kind {
	case "SEQ":
		return strings.Contains(c.rest, `\h`)
	case "", "TC", "XE", "TA", "RD", "SET", "ASK", "PRIVATE", "ADVANCE", "NEXT", "NEXTIF", "SKIPIF", "BIBLIOGRAPHY":
		return true
	}
	return false
}

// MarkLevel returns the level that the switches of a TC field give: "\l 2". The
// quoted text of the entry is passed over; Word's default is 1.
func (c Code) MarkLevel() int {
	instr, quoted := c.rest, false
	for i := 0; i+1 < len(instr); i++ {
		switch b := instr[i]; {
		case b == '"':
			quoted = !quoted
		case quoted || b != '\\' || instr[i+1] != 'l' && instr[i+1] != 'L':
		default:
			digits := strings.TrimLeft(instr[i+2:], " \"")
			end := strings.IndexFunc(digits, func(r rune) bool { return r < '0' || r > '9' })
			if end >= 0 {
				digits = digits[:end]
			}
			if n, err := strconv.Atoi(digits); err == nil && n >= 1 && n <= 9 {
				return n
			}
		}
	}
	return 1
}

// enclosed returns the character that an EQ field draws by laying a circle over
// a number, as Word does for 带圈字符 (EQ \o\ac(○,12)), "" for other equations.
func enclosed(instr string) string {
	instr = strings.ReplaceAll(instr, " ", "")
	_, args, ok := strings.Cut(instr, `\o\ac(`)
	if !ok {
		return ""
	}
	args = strings.TrimSuffix(args, ")")
	circle, digits, _ := strings.Cut(strings.ReplaceAll(args, ";", ","), ",")
	n, err := strconv.Atoi(digits)
	if err != nil || !strings.Contains("○〇◯", circle) || circle == "" {
		return ""
	}
	switch { // Unicode has circled numbers to 50, in three places
	case n >= 1 && n <= 20:
		return string(rune(0x2460 + n - 1))
	case n >= 21 && n <= 35:
		return string(rune(0x3251 + n - 21))
	case n >= 36 && n <= 50:
		return string(rune(0x32B1 + n - 36))
	}
	return ""
}

// phoneticBase returns the text under a phonetic guide (拼音指南), which older
// formats store as an equation that lays the raised reading over the base:
// EQ \* jc2 \* hps10 \o\ad(\s\up 9(zhā),查).
func phoneticBase(instr string) string {
	_, args, ok := strings.Cut(instr, `\o`)
	if !ok {
		return ""
	}
	_, args, ok = strings.Cut(args, `\s\up`)
	if !ok {
		return ""
	}
	open := strings.IndexByte(args, '(')
	if open < 0 {
		return ""
	}
	depth := 0
	for i := open; i < len(args); i++ {
		switch args[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			base := strings.TrimLeft(args[i+1:], " ")
			if base == "" || base[0] != ',' && base[0] != ';' {
				return ""
			}
			return strings.TrimSuffix(strings.TrimRight(base[1:], " "), ")")
		}
	}
	return ""
}

// symbolOf returns the character of a SYMBOL field: a code, decimal or with
// 0x, of the font behind \f, or of Unicode with \u.
func symbolOf(instr string) string {
	number, switches, _ := strings.Cut(strings.TrimSpace(instr), " ")
	code, err := strconv.ParseUint(number, 0, 16)
	if err != nil || code < 0x20 || !utf8.ValidRune(rune(code)) {
		return ""
	}
	if !strings.Contains(switches, `\u`) && code < 0x100 {
		if text := symbol.Replace(string(rune(symbol.Area|code)), fontOf(switches)); !symbol.Has([]byte(text)) {
			return text
		}
	}
	return string(rune(code))
}

// fontOf returns the name behind \f, "" if there is none.
func fontOf(switches string) string {
	_, name, ok := strings.Cut(switches, `\f`)
	if !ok {
		return ""
	}
	name = strings.TrimSpace(name)
	if quoted, ok := strings.CutPrefix(name, `"`); ok {
		name, _, _ = strings.Cut(quoted, `"`)
		return name
	}
	name, _, _ = strings.Cut(name, " ")
	return name
}
