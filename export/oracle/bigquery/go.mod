// A module of its own: Google's analyzer takes minutes and gigabytes to build.
module yusuan/export/oracle/bigquery

go 1.26.0

require github.com/goccy/go-googlesql v0.4.0

require github.com/goccy/googlesqlwasm2go v0.2.0 // indirect
