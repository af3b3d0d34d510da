// Package form turns a table into records: it recognises which form a table
// is (绩效目标表, 绩效自评表, 政府采购预算表, 机构设置, 固定资产占用情况表) by the
// labels in it and by its title, and reads that form.
//
// The forms are written against labels, not against positions: a label is a
// cell that the field resolver knows, and its value stands to the right of it
// (in key-value rows), or below it (in columns). Merged cells and blank cells
// under a merged-looking label count as the label's.
//
// The forms about performance are read by one mechanism (target*.go): a head of
// labels and values, blocks of money (money_block.go) or of a department's tasks
// (tasks.go), and rows of indicators, for one project, for several one below the
// other, or for several in columns (project_list.go). Text that has lost merged
// or blank cells is read as far as signs, units, points and names of levels
// prove where its cells stand (evaluation.go, stream.go, running.go).
//
// The statutory tables (收支总表, 支出总表, 三公经费表 …) are told by their titles
// and read by one mechanism: the header tree says what each column means, codes
// and names begin blocks of columns, and every filled money cell is a line.
// Numbers of columns, serial numbers, years, shares and counts are no money; a
// number whose column, row or unit is in doubt is a note and no line. Where a
// text form printed merged cells once, their spans are restored first, if the
// labels and what stands below them allow one layout alone.
//
// What is not recognised stays a table of the form "other"; a row of a
// recognised form that could not be read is a note.
package form
