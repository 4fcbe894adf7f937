#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/json.h"
#include "test.h"

static struct arena arena;
static struct json_parts parts;

static int setup(void **state)
{
	(void)state;
	arena = (struct arena)ARENA_INIT;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static bool open(const char *text, struct err *err)
{
	return json_parts_open("doc", text, strlen(text), &json_limits_file, &arena,
			       &parts, err);
}

/* Writes down what it is given, until it is given `false`. */
static bool take(void *context, const char *name, const struct json_doc *doc,
		 struct err *err)
{
	struct buf *heard = context;
	struct json_out out = JSON_OUT(heard, false);

	if (json_kind(json_root(doc)) == JSON_FALSE)
		return json_error(doc, json_root(doc), err, "enough");
	buf_printf(heard, "%s=", name ? name : "");
	json_out_value(&out, NULL, json_root(doc));
	buf_char(heard, ';');
	return true;
}

static void expect(const char *text, const char *member, const char *wanted)
{
	struct buf heard = BUF_INIT;
	struct err err = ERR_INIT;

	EXPECT_OK(open(text, &err), err);
	EXPECT_TRUE(json_parts_find(&parts, member) != NULL);
	EXPECT_OK(json_parts_each(&parts, json_parts_find(&parts, member), take, &heard,
				  &err),
		  err);
	EXPECT_TEXT(heard.data, wanted);
	buf_release(&heard);
}

static void elements_come_one_by_one(void **state)
{
	(void)state;
	expect("{\"a\":[1,\"two\",[3,{\"x\":4}],{},null,-5.5e1]}", "a",
	       "=1;=\"two\";=[3,{\"x\":4}];={};=null;=-55;");
	expect(" {\n\"a\" : [ 1 , true ] , \"b\":{ } } ", "a", "=1;=true;");
	expect("{\"a\":[],\"b\":{}}", "a", "");
	expect("{\"a\":[],\"b\":{}}", "b", "");
}

static void members_come_with_their_names(void **state)
{
	(void)state;
	expect("{\"a\":{\"one\":1,\"t w\":[2]},\"b\":3}", "a", "one=1;t w=[2];");
}

static void brackets_and_quotes_in_texts_are_text(void **state)
{
	(void)state;
	expect("{\"a\":[\"]}\",\"\\\"],[\",\"\\\\\",{\"}\":\"{\"}]}", "a",
	       "=\"]}\";=\"\\\"],[\";=\"\\\\\";={\"}\":\"{\"};");
}

static void what_is_no_such_document_is_refused(void **state)
{
	struct buf many = BUF_INIT;
	struct err err;

	(void)state;
	EXPECT_ERR(open("[]", &err), err, ERR_INPUT, "not an object");
	EXPECT_ERR(open("{\"a\":[1,]}", &err), err, ERR_INPUT, "doc:1:9");
	EXPECT_ERR(open("{\"a\":1,\"a\":2}", &err), err, ERR_INPUT, "duplicate");
	EXPECT_ERR(open("", &err), err, ERR_INPUT, "");
	for (int i = 0; i <= JSON_PARTS_MAX; i++)
		buf_printf(&many, "%c\"%d\":0", i ? ',' : '{', i);
	buf_char(&many, '}');
	EXPECT_ERR(open(many.data, &err), err, ERR_INPUT, "more than 16 members");
	buf_release(&many);
}

static void a_complaint_names_the_part(void **state)
{
	struct buf heard = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(open("{\"a\":[1,false,2],\"b\":3}", &err), err);
	EXPECT_ERR(
		json_parts_each(&parts, json_parts_find(&parts, "a"), take, &heard, &err),
		err, ERR_INPUT, "doc, a 2:1:1: enough");
	EXPECT_TEXT(heard.data, "=1;");
	EXPECT_ERR(
		json_parts_each(&parts, json_parts_find(&parts, "b"), take, &heard, &err),
		err, ERR_INPUT, "neither object nor array");
	EXPECT_TRUE(json_parts_find(&parts, "c") == NULL);
	buf_release(&heard);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(elements_come_one_by_one),
	CASE(members_come_with_their_names),
	CASE(brackets_and_quotes_in_texts_are_text),
	CASE(what_is_no_such_document_is_refused),
	CASE(a_complaint_names_the_part),
};

TEST_MAIN(tests)
