#ifndef RUN_SQL_H
#define RUN_SQL_H

#include <sqlite3.h>

#include "temp.h"

/* Behind the program's back, in a database of the test's folder. */
static inline void run_sql(const char *name, const char *sql)
{
	sqlite3 *db;

	EXPECT_INT(sqlite3_open(temp_path(name), &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

#endif
