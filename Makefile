# Targets are described by the comments behind "##"; make help prints them.
# Everything builds with the tag "ne": gse, the segmenter, without its own
# dictionaries (36 MB that this program does not use).
GO      ?= go
TAGS    := -tags ne
OUT     := out
SAMPLES := corpus/samples
CORPUS  ?= ../shared/corpus
LINT    := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.12.1
FUZZTIME ?= 10m
BENCH   := python3 corpus/bench/harness.py

.PHONY: help build run test race golden fuzz bench bench-install bench-go bench-files bench-pdf bench-word bench-run conformance scores styles look oracle oracle-install oracle-dataset oracle-spark oracle-spark-install oracle-r oracle-r-install oracle-bigquery iceberg oracle-iceberg oracle-iceberg-install oracle-iceberg-rest oracle-iceberg-rest-install cloud oracle-s3 oracle-s3-install oracle-gs oracle-azblob oracle-remote oracle-doc crash scale link-scale lint check clean

help: ## print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-27s %s\n", $$1, $$2}'

build: ## build ./yusuan
	$(GO) build $(TAGS) -o yusuan .

run: build ## the main job: the samples into a dataset at out/dataset
	rm -rf $(OUT)/dataset $(OUT)/dataset.results
	./yusuan run $(SAMPLES)/generated $(SAMPLES)/handmade -o $(OUT)/dataset

test: ## run all tests (what needs ../shared is skipped without it, saying so)
	$(GO) test $(TAGS) ./...

race: ## run all tests with the race detector
	$(GO) test $(TAGS) -race ./...

golden: ## rewrite the want sections of the golden cases; read the diff
	$(GO) test $(TAGS) $$(grep -rlE 'golden\.Run|flag\.Bool\("update"' --include='*_test.go' . | xargs -n1 dirname | sort -u) -update

# Files are long: shortening each new input would take all of the time.
fuzz: ## run every fuzz target for FUZZTIME (10m)
	@set -e; for d in $$($(GO) list $(TAGS) -f '{{.Dir}}' ./...); do \
	  for t in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]+' $$d/*_test.go 2>/dev/null | cut -d' ' -f2); do \
	    echo "== $$t in $$d"; (cd $$d && $(GO) test $(TAGS) -run '^$$' -fuzz "^$$t\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 100x .); \
	  done; done

bench: build ## everything that is measured, beside the peers, in half an hour; writes corpus/bench/RESULTS.md (ROUNDS=5)
	$(BENCH)

bench-install: ## install the peers into out/bench
	$(BENCH) install

bench-go: ## the benchmarks of every stage, and of their floors
	$(BENCH) stages

bench-files: build ## every tool over every file of the corpus: tables for the scorer, errors, crashes, hangs, leaks
	$(BENCH) files

bench-pdf: build ## speed of the PDF readers
	$(BENCH) pdf

bench-word: build ## speed of the readers of .docx and .doc
	$(BENCH) docx doc

bench-run: build ## files to Parquet: run against the script a data team would write, rows a second, growth
	$(BENCH) pipeline rows growth

conformance: ## score against the truth of ../shared/corpus, or of CORPUS=a folder like it (DIFF=--diff shows what differs, TABLES=a folder of other tools' output)
	$(GO) run $(TAGS) ./corpus/score -corpus "$(CORPUS)" $(DIFF) $(if $(TABLES),-tables "$(TABLES)")
ifeq ($(CORPUS),../shared/corpus)
	$(GO) test $(TAGS) -count 1 -v -run Conformance . ./extract/pdf ./corpus/link
endif

scores: ## rewrite the committed scores, corpus/scores.tsv, or scores.tsv in CORPUS=another folder; read the diff
	$(GO) run $(TAGS) ./corpus/score -corpus "$(CORPUS)" -update

styles: ## the tables of ../shared/corpus printed in eleven other ways, read and scored (needs chromium and LibreOffice)
	python3 corpus/bench/restyle.py

look: run ## the page of a comparison of the samples in headless Chromium: pictures, nothing requested, every number has its source (needs chromium)
	corpus/compare/report/look.sh ./yusuan $(OUT)/dataset $(OUT)/look

# A dataset whose path has to be quoted, linked, with a document whose year nobody
# knows.
ORACLE := $(OUT)/oracle/it's a dataset

oracle-dataset: build
	rm -rf $(OUT)/oracle && mkdir -p $(OUT)/oracle/in
	printf '关于加强财政管理的说明\n本单位没有表格。\n' > $(OUT)/oracle/in/note.txt
	./yusuan run $(SAMPLES)/generated $(SAMPLES)/handmade $(OUT)/oracle/in -o "$(ORACLE)"
	./yusuan link "$(ORACLE)" > /dev/null

# What the oracles need, apart, so that it can be told from what they find.
oracle-install:
	python3 -m venv $(OUT)/venv
	$(OUT)/venv/bin/pip install -q -r export/oracle/requirements.txt

oracle-spark-install:
	java -version 2> /dev/null
	python3 -m venv $(OUT)/venv-spark
	$(OUT)/venv-spark/bin/pip install -q -r export/oracle/requirements-spark.txt

oracle: oracle-install oracle-dataset ## read a dataset with DuckDB, PyArrow, Polars, pandas, ClickHouse, PostgreSQL if it is there, and the tools of its descriptions (installs them into out/venv)
	$(OUT)/venv/bin/python export/oracle/check.py "$(ORACLE)"
	$(OUT)/venv/bin/python export/oracle/descriptions.py ./yusuan "$(ORACLE)"
	$(OUT)/venv/bin/python export/oracle/readers.py ./yusuan "$(ORACLE)" duckdb pyarrow polars pandas clickhouse postgres

oracle-spark: oracle-spark-install oracle-dataset ## the same with Spark (installs it into out/venv-spark; needs Java 17)
	$(OUT)/venv-spark/bin/python export/oracle/readers.py ./yusuan "$(ORACLE)" spark

oracle-r-install: oracle-install
	export/oracle/r.sh $(OUT)/r

oracle-r: oracle-r-install oracle-dataset ## the same with R: through Python and through JDBC (installs it, on Debian; needs Maven)
	DUCKDB_JDBC=$(CURDIR)/$(OUT)/r/duckdb_jdbc.jar $(OUT)/venv/bin/python export/oracle/readers.py ./yusuan "$(ORACLE)" r jdbc

oracle-bigquery: oracle-dataset ## hold the statements for BigQuery against GoogleSQL, its analyzer (builds it, five minutes and 6 GB at first)
	cd export/oracle/bigquery && $(GO) vet . && $(GO) test . && $(GO) build -o ../../../$(OUT)/bigquery .
	{ ./yusuan ddl "$(ORACLE)" --dialect bigquery --location gs://bucket/folder && cat export/oracle/bigquery/queries.sql; } | $(OUT)/bigquery

iceberg: ## test and build yusuan-iceberg, a module of its own, into out/
	cd export/iceberg && $(GO) vet $(TAGS) ./... && $(GO) test $(TAGS) ./... && $(GO) build $(TAGS) -o ../../$(OUT)/yusuan-iceberg .

# Of DuckDB the version whose extensions come from the package registry, too.
oracle-iceberg-install:
	python3 -m venv $(OUT)/venv-iceberg
	$(OUT)/venv-iceberg/bin/pip install -q -r export/oracle/requirements-iceberg.txt

oracle-iceberg-rest-install:
	java -version 2> /dev/null
	mvn -version > /dev/null
	python3 -m venv $(OUT)/venv-iceberg-spark
	$(OUT)/venv-iceberg-spark/bin/pip install -q -r export/oracle/requirements-iceberg-spark.txt
	export/oracle/rest.sh $(OUT)/rest true

oracle-iceberg: oracle-iceberg-install oracle-dataset iceberg ## register a dataset in an Iceberg catalog and read it with pyiceberg and DuckDB (installs them into out/venv-iceberg)
	rm -rf $(OUT)/oracle/warehouse
	$(OUT)/yusuan-iceberg "$(ORACLE)" --warehouse $(OUT)/oracle/warehouse
	$(OUT)/venv-iceberg/bin/python export/oracle/iceberg.py "$(ORACLE)" $(OUT)/oracle/warehouse pyiceberg duckdb

oracle-iceberg-rest: oracle-iceberg-rest-install build ## the same in a REST catalog, two commits and an evolved table, with Spark, too (installs it into out/venv-iceberg-spark; needs Java 17 and Maven)
	export/oracle/rest.sh $(OUT)/rest export/oracle/iceberg-rest.sh $(OUT)/rest $(CURDIR)/$(OUT)/venv-iceberg-spark/bin/python pyiceberg duckdb spark

cloud: ## test and build yusuan-cloud, a module of its own, into out/
	cd export/cloud && $(GO) vet $(TAGS) ./... && $(GO) test $(TAGS) ./... && $(GO) build $(TAGS) -o ../../$(OUT)/yusuan-cloud .

# The same tests on each store: publications one at a time, broken off and changed;
# runs with documents that are new and gone, and two at the same time.
STORE_TEST := $(GO) test $(TAGS) -count 1 -v -run TestServer .

oracle-s3-install:
	python3 -m venv $(OUT)/venv-s3
	$(OUT)/venv-s3/bin/pip install -q -r export/oracle/requirements-s3.txt

oracle-s3: oracle-s3-install ## run on, publish to and fetch from a local server that speaks S3 (moto, installed into out/venv-s3)
	cd export/cloud && ./s3.sh $(CURDIR)/$(OUT)/venv-s3/bin/python $(STORE_TEST)

oracle-gs: ## the same with Google Cloud Storage (fake-gcs-server, installed into out/)
	GOBIN=$(CURDIR)/$(OUT) GOFLAGS= $(GO) install github.com/fsouza/fake-gcs-server@v1.56.1
	cd export/cloud && ./gs.sh $(CURDIR)/$(OUT)/fake-gcs-server $(STORE_TEST)

oracle-azblob: ## the same with Azure Blob Storage (Azurite, installed into out/azurite; needs Node.js)
	npm install --silent --no-fund --no-audit --prefix $(OUT)/azurite azurite@3.35.0
	cd export/cloud && ./azblob.sh $(CURDIR)/$(OUT)/azurite/node_modules/.bin/azurite-blob $(CURDIR)/$(OUT)/azurite-data $(STORE_TEST)

oracle-remote: oracle-spark-install oracle-dataset cloud ## read a dataset in a local server that speaks S3 with DuckDB, PyArrow, Polars, pandas, ClickHouse and Spark (installs them into out/venv-s3 and out/venv-spark)
	python3 -m venv $(OUT)/venv-s3
	$(OUT)/venv-s3/bin/pip install -q -r export/oracle/requirements-s3.txt -r export/oracle/requirements-remote.txt
	PORT=$(or $(PORT),5556) export/cloud/s3.sh $(OUT)/venv-s3/bin/python export/oracle/remote.sh $(OUT)/yusuan-cloud "$(ORACLE)" $(OUT)/venv-s3/bin/python $(OUT)/venv-spark/bin/python

oracle-doc: build ## hold the .doc reader against LibreOffice, on ../shared/corpus and on files that it makes (installs it, on Debian)
	extract/doc/oracle/install.sh
	extract/doc/oracle/more.sh soffice ./yusuan $(OUT)/oracle-doc
	YUSUAN_SOFFICE=soffice YUSUAN_ORACLE_MORE=$(CURDIR)/$(OUT)/oracle-doc \
	  $(GO) test $(TAGS) -count 1 -v -timeout 30m -run TestOracleLibreOffice ./extract/doc

crash: ## kill runs over 400 documents, and their workers, 20 times: the dataset is the same
	YUSUAN_CRASH=1 $(GO) test $(TAGS) -count 1 -v -timeout 30m -run 'TestCrashLarge|TestFaults' ./corpus

# A Go test, since it is one: no file may be lost, and nothing but the documents
# may decide what comes out. out/scale is removed at the end.
scale: ## read N (20000) generated documents and ../shared/corpus: rate, shares, memory of all processes, runs again, the same dataset whatever the way
	YUSUAN_SCALE=$(or $(N),20000) $(GO) test $(TAGS) -count 1 -v -timeout 120m -run 'TestScale$$' .

link-scale: ## link 1,000 to 30,000 generated documents, all of one region too, and worlds of other seeds: precision, recall, time, memory
	YUSUAN_LINK_SCALE=1000,3000,10000,30000 $(GO) test $(TAGS) -count 1 -v -timeout 60m -run TestSynthRecords ./corpus/link
	YUSUAN_LINK_SCALE=10000 YUSUAN_LINK_REGION=130400 $(GO) test $(TAGS) -count 1 -v -timeout 60m -run TestSynthRecords ./corpus/link
	YUSUAN_LINK_SCALE=10000 YUSUAN_LINK_REGION=none $(GO) test $(TAGS) -count 1 -v -timeout 60m -run TestSynthRecords ./corpus/link
	$(GO) test $(TAGS) -count 1 -v -timeout 60m -run TestHard ./corpus/link

lint: ## run the linters (.golangci.yml, pinned)
	$(GO) run $(LINT) run

check: ## everything that must pass: format, vet, lint, tests, each benchmark once, the samples; edits nothing
	@test -z "$$(gofmt -l .)" || { echo "gofmt would change:"; gofmt -l .; exit 1; }
	$(GO) vet $(TAGS) ./...
	$(GO) mod verify
	$(MAKE) lint
	$(MAKE) test
	$(GO) test $(TAGS) -run '^$$' -bench . -benchtime 1x ./... > /dev/null
	$(MAKE) run

clean: ## remove what the other targets made
	rm -rf $(OUT) yusuan
