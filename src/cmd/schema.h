#ifndef SCHEMA_H
#define SCHEMA_H

/* The JSON Schemas of docs/schema, as the build put them into the program. */
struct schema {
	const char *name; /* "bank" */
	const char *text;
};

extern const struct schema schemas[]; /* ended by a row without a name */

#endif
