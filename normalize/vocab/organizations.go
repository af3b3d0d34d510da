package vocab

import (
	_ "embed"
	"sync"
)

//go:embed organizations.tsv
var organizationsTSV string

// OrganizationSuffixes returns the words that names of public bodies end with.
var OrganizationSuffixes = sync.OnceValue(func() []string {
	var out []string
	for _, r := range rows(organizationsTSV) {
		out = append(out, r[0])
	}
	return out
})
