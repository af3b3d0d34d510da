// Package link finds what is the same across documents and years: departments
// and units, projects, indicators and accounts, whose names and codes change.
// It writes the tables entities and links of a dataset.
//
// The pure part goes over the names of the dataset as [yusuan/export.LinkSource]
// hands them out: over what the documents of one region after the other say of
// themselves, which makes departments and units, and then over the projects and
// indicators of one department after the other. It holds no more than one region's
// issuers, or one department's projects, at a time, compares only what a shared key
// brings together (a core name, a code, a pair of characters), and gives the same
// rows for the same documents. Accounts are of the whole country and are compared
// by code.
//
// # What is linked
//
// Departments: the same name without region and without words for the own
// staff (本级, 机关); a short name of the vocabulary; the same code, if the names
// are alike; a rename of the vocabulary, if the old name ends where the new
// one begins. A successor of several is linked with one of them only: the one
// that was renamed; else the one that shares its code, or the only one in the
// region's documents, if no code contradicts; the others are proposals, and so is
// every body that became part of one that was there before. Where neither document
// nor name tells the place, a body is that of one document. A disclosure
// of a single unit stands both for a unit of its own and for the department that
// names it among its organisations, whose code begins its own, or whose name it has; for a
// unit of which no department is known, the body itself is that.
//
// Projects, within a department: the same code, if the names are alike; the
// same name without years, numbers of documents, numbers of batches; without
// what is in brackets, if only one of the two has any, without the region in front
// and without 经费, 项目 and the like behind; else a name that is nearly the same,
// with amounts as evidence. Of the projects of one document no two become one, nor
// of two units whose projects have that name beside each other. Indicators, within
// a project: level and name, in the same way. Accounts: the classification and the code, if the names are alike or, of
// the classification by function, the vocabulary has both; a line that prints a
// name without its code is of the code that the name has.
//
// Everything below the thresholds (the constants of this package) is a
// proposal: a row of links of its own, with the entity that it may be, beside
// the row that says which entity it is for now. Decisions of the user win over
// all: they are applied before anything is compared, to every name that they
// name.
//
// # Ids
//
// Every name in its place has a key, which depends on what is printed alone.
// The id of an entity is the hash of one of its keys: of the one that the
// dataset has already, so that ids stay when documents come; of the least
// otherwise.
package link
