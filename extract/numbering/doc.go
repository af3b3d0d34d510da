// Package numbering computes the labels of automatic lists: 一、 （一） 1. 甲
// 第一条 ①. A Word file does not hold them; it holds list definitions and, at
// every paragraph, which list and which level it belongs to.
//
// [Lists] is told the definitions with Define and Use and is then asked, in
// reading order, for the [Label] of every numbered paragraph. [Format] prints
// one number in one of Word's number formats.
//
// The rules are those of ECMA-376 part 1, 17.9 and 17.18.59. The package knows
// no file format, so that every reader of Word lists can share it.
package numbering
