/* The bare loop that our writing of rows is measured against.
 *
 *   insert_rows SOURCE TARGET [BATCH]
 *
 * Loads table `cdr` of SOURCE into memory, makes the same tables in TARGET with the same settings, and inserts the same
 * values: one prepared statement, values bound where they lie, a transaction for every BATCH rows (1000). Then it makes
 * the indexes that SOURCE has. Prints the rows, and the CPU seconds of inserting and of indexing with closing.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define MAX_COLUMNS 200

struct value {
  int type, length;
  sqlite3_int64 number;
  char *text;
};

static void fail(sqlite3 *db, const char *what) {
  fprintf(stderr, "insert_rows: %s: %s\n", what, db ? sqlite3_errmsg(db) : "no database");
  exit(1);
}

static void run(sqlite3 *db, const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail(db, sql);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) fail(db, sql);
  return statement;
}

static double cpu_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Runs the statements that made SOURCE's tables or indexes. */
static void copy_schema(sqlite3 *source, sqlite3 *target, const char *type) {
  char sql[200];
  snprintf(sql, sizeof sql,
           "SELECT sql FROM sqlite_master WHERE type = '%s' AND tbl_name = 'cdr' AND sql IS NOT NULL ORDER BY rowid", type);
  sqlite3_stmt *statement = prepared(source, sql);
  while (sqlite3_step(statement) == SQLITE_ROW) run(target, (const char *)sqlite3_column_text(statement, 0));
  sqlite3_finalize(statement);
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: insert_rows SOURCE TARGET [BATCH]\n");
    return 2;
  }
  int batch = argc > 3 ? atoi(argv[3]) : 1000;
  int flags = SQLITE_OPEN_NOMUTEX;
  sqlite3 *source = NULL, *target = NULL;
  if (sqlite3_open_v2(argv[1], &source, flags | SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) fail(source, argv[1]);
  sqlite3_stmt *reading = prepared(source, "SELECT * FROM cdr ORDER BY id");
  /* The first column is the row's number, which the target gives anew. */
  int columns = sqlite3_column_count(reading) - 1;
  if (columns < 1 || columns > MAX_COLUMNS) fail(source, "columns");
  char insert[20000] = "INSERT INTO cdr (", marks[2 * MAX_COLUMNS + 1] = "";
  for (int column = 0; column < columns; column++) {
    snprintf(insert + strlen(insert), sizeof insert - strlen(insert), "%s\"%s\"", column ? "," : "",
             sqlite3_column_name(reading, column + 1));
    strcat(marks, column ? ",?" : "?");
  }
  snprintf(insert + strlen(insert), sizeof insert - strlen(insert), ") VALUES (%s)", marks);
  size_t rows = 0, room = 0;
  struct value *values = NULL;
  while (sqlite3_step(reading) == SQLITE_ROW) {
    if (rows == room) {
      room = room ? room * 2 : 1024;
      values = realloc(values, room * columns * sizeof *values);
      if (!values) fail(NULL, "memory");
    }
    for (int column = 0; column < columns; column++) {
      struct value *value = values + rows * columns + column;
      value->type = sqlite3_column_type(reading, column + 1);
      value->number = sqlite3_column_int64(reading, column + 1);
      value->length = sqlite3_column_bytes(reading, column + 1);
      if (value->type == SQLITE_TEXT) value->text = memcpy(malloc(value->length + 1), sqlite3_column_text(reading, column + 1), value->length);
    }
    rows++;
  }
  sqlite3_finalize(reading);

  double before = cpu_seconds();
  if (sqlite3_open_v2(argv[2], &target, flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK) fail(target, argv[2]);
  run(target, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -2048");
  copy_schema(source, target, "table");
  sqlite3_stmt *writing = prepared(target, insert);
  for (size_t row = 0; row < rows; row++) {
    if (row % batch == 0) run(target, row ? "COMMIT; BEGIN IMMEDIATE" : "BEGIN IMMEDIATE");
    for (int column = 0; column < columns; column++) {
      struct value *value = values + row * columns + column;
      switch (value->type) {
        case SQLITE_INTEGER: sqlite3_bind_int64(writing, column + 1, value->number); break;
        case SQLITE_TEXT: sqlite3_bind_text(writing, column + 1, value->text, value->length, SQLITE_STATIC); break;
        default: sqlite3_bind_null(writing, column + 1);
      }
    }
    if (sqlite3_step(writing) != SQLITE_DONE) fail(target, "insert");
    sqlite3_reset(writing);
  }
  if (rows) run(target, "COMMIT");
  double written = cpu_seconds();
  sqlite3_finalize(writing);
  copy_schema(source, target, "index");
  run(target, "PRAGMA wal_checkpoint(TRUNCATE)");
  sqlite3_close(target);
  double closed = cpu_seconds();
  sqlite3_close(source);
  printf("%zu %f %f\n", rows, written - before, closed - written);
  return 0;
}
