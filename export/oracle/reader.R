#!/usr/bin/env Rscript
# R as a reader of a dataset for readers.py: DuckDB behind it, either through
# Python (reticulate) or through JDBC (rJava). A line of JSON is a question, a
# line of JSON the answer, rows of texts:
#   {"sql": QUERY}               what a query gives
#   {"table": T, "texts": […]}   rows of a table, then nulls and characters of columns, counted in R
#   {"code": BLOCK}              what a block of R gives
#   Rscript reader.R python VIEWS | jdbc VIEWS JAR
suppressPackageStartupMessages(library(jsonlite))
args <- commandArgs(trailingOnly = TRUE)
views <- paste(readLines(args[2], encoding = "UTF-8"), collapse = "\n")

# Each way gives a function from a query to a list of rows, each a list of texts
# with NA for null.
open_python <- function() {
  suppressPackageStartupMessages(library(reticulate))
  connection <- import("duckdb")$connect()
  connection$execute(views)
  function(query) {
    rows <- connection$execute(query)$fetchall()
    lapply(rows, function(r) lapply(r, function(v) if (is.null(v)) NA else as.character(v)))
  }
}

open_jdbc <- function(jar) {
  suppressPackageStartupMessages(library(rJava))
  .jinit(classpath = jar)
  connection <- .jcall(.jnew("org.duckdb.DuckDBDriver"), "Ljava/sql/Connection;", "connect", "jdbc:duckdb:", .jnew("java.util.Properties"))
  statement <- .jcall(connection, "Ljava/sql/Statement;", "createStatement")
  .jcall(statement, "Z", "execute", views)
  function(query) {
    found <- .jcall(statement, "Ljava/sql/ResultSet;", "executeQuery", query)
    columns <- .jcall(.jcall(found, "Ljava/sql/ResultSetMetaData;", "getMetaData"), "I", "getColumnCount")
    rows <- list()
    while (.jcall(found, "Z", "next")) {
      rows[[length(rows) + 1]] <- lapply(seq_len(columns), function(i) {
        v <- .jcall(found, "S", "getString", i)
        if (is.null(v)) NA else v
      })
    }
    rows
  }
}

ask <- if (args[1] == "python") open_python() else open_jdbc(args[3])

count_texts <- function(table, texts) {
  rows <- ask(paste("SELECT", paste0('"', texts, '"', collapse = ", "), "FROM", paste0('"', table, '"')))
  columns <- lapply(seq_along(texts), function(i) vapply(rows, function(r) as.character(r[[i]]), ""))
  list(c(length(rows), unlist(lapply(columns, function(c) c(sum(is.na(c)), sum(nchar(c), na.rm = TRUE))))))
}

input <- file("stdin", encoding = "UTF-8")
open(input)
while (length(line <- readLines(input, n = 1)) > 0) {
  q <- fromJSON(line, simplifyVector = TRUE)
  answer <- if (!is.null(q$sql)) {
    ask(q$sql)
  } else if (!is.null(q$table)) {
    count_texts(q$table, q$texts)
  } else {
    frame <- eval(parse(text = q$code, encoding = "UTF-8"), new.env())
    lapply(seq_len(nrow(frame)), function(i) lapply(frame, function(c) if (is.na(c[i])) NA else as.character(c[i])))
  }
  answer <- lapply(answer, function(r) unname(as.list(r)))
  cat(toJSON(answer, auto_unbox = TRUE, na = "null", digits = NA), "\n", sep = "")
  flush(stdout())
}
