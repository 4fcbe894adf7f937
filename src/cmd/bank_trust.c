#include <string.h>

#include "cmd.h"
#include "proctor/file.h"
#include "proctor/json.h"
#include "proctor/lint.h"
#include "proctor/text.h"

/* ---- verify ---- */

struct verify_given {
	struct bank_given bank;
	bool json, count;
};

static const struct opt verify_opts[] = {
	{ OPT_FLAG, 0, "json", offsetof(struct verify_given, json), NULL,
	  "the same as JSON, for programs" },
	{ OPT_FLAG, 0, "count", offsetof(struct verify_given, count), NULL,
	  "also count what each blueprint can draw" },
	BANK_OPTS(struct verify_given, bank),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

static void put_verified(const struct bank *bank, struct buf *out)
{
	char hex[CRYPTO_HEX_SIZE];

	put_bank(out, bank);
	if (bank->is_signed)
		put_line(out, "comment", bank->signer.comment);
	for (size_t i = 0; i < bank->file_count; i++) {
		crypto_hex(&bank->files[i].digest, hex);
		buf_printf(out, "%s  %8zu  ", hex, bank->files[i].bytes);
		text_safe_line(out, bank->files[i].path, strlen(bank->files[i].path));
		buf_char(out, '\n');
	}
	buf_text(out, bank->is_signed
			      ? "good: signature and every file\n"
			      : "every file is as listed, but nobody signed it\n");
}

static void json_signature(const struct bank *bank, struct json_out *json)
{
	char key[CRYPTO_KEY_TEXT_SIZE];

	if (!bank->is_signed) {
		json_out_null(json, "signature");
		return;
	}
	crypto_public_text(&bank->signer.key->key, key);
	json_out_object(json, "signature");
	json_out_text(json, "key_id", bank->signer.key_id);
	json_out_text(json, "key", key);
	json_out_text(json, "from", bank->signer.from);
	json_out_text(json, "comment", bank->signer.comment);
	json_out_end(json, '}');
}

static void json_files(const struct bank *bank, struct json_out *json)
{
	char hex[CRYPTO_HEX_SIZE];

	json_out_array(json, "files");
	for (size_t i = 0; i < bank->file_count; i++) {
		crypto_hex(&bank->files[i].digest, hex);
		json_out_object(json, NULL);
		json_out_text(json, "path", bank->files[i].path);
		json_out_integer(json, "bytes", (int64_t)bank->files[i].bytes);
		json_out_text(json, "blake2b", hex);
		json_out_end(json, '}');
	}
	json_out_end(json, ']');
}

static bool put_json(const struct bank *bank, bool count, const struct opener *opener,
		     struct buf *out, struct err *err)
{
	struct json_out json = JSON_OUT(out, true);
	const char *warnings[BANK_WARNINGS];
	size_t n = bank_warnings(bank, opener->today, opener->arena, warnings);
	char hex[CRYPTO_HEX_SIZE];
	bool ok;

	crypto_hex(&bank->digest, hex);
	json_out_object(&json, NULL);
	json_out_text(&json, "format", "proctor-verify/1");
	json_out_text(&json, "path", bank->path);
	json_out_text(&json, "id", bank->id);
	json_out_integer(&json, "version", bank->version);
	json_out_text(&json, "title", bank->title);
	json_out_text(&json, "license", bank->license);
	json_out_text(&json, "issued", bank->issued);
	json_out_text(&json, "valid_until", bank->valid_until);
	json_out_text(&json, "digest", hex);
	json_signature(bank, &json);
	json_files(bank, &json);
	json_out_array(&json, "warnings");
	for (size_t i = 0; i < n; i++)
		json_out_text(&json, NULL, warnings[i]);
	json_out_end(&json, ']');
	ok = !count || json_drawable(bank, opener->arena, &json, err);
	json_out_end(&json, '}');
	buf_char(out, '\n');
	return ok;
}

static bool run_verify(int argc, char **argv, struct err *err)
{
	struct verify_given given = { .json = false };
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct bank *bank = NULL;
	struct err unsaid;
	struct opener opener;
	int i = opt_parse(verify_opts, argc, argv, 1, &given, err);
	bool ok;

	if (i < 0)
		return false;
	ok = opener_start(&opener, &given.bank, &arena, err) &&
	     opener_only(&opener, i < argc ? argv[i] : given.bank.dir,
			 given.count ? opener_open : opener_verify, &bank, err);
	if (ok && given.json) {
		ok = put_json(bank, given.count, &opener, &out, err);
	} else if (ok) {
		put_verified(bank, &out);
		ok = !given.count || put_drawable(bank, &arena, &out, err);
	}
	/* What there is to say is said, whether or not all of it is good. */
	ok = (!out.len || put_out(&out, ok ? err : &unsaid)) && ok;
	bank_free(bank);
	opener_end(&opener);
	buf_release(&out);
	arena_release(&arena);
	return ok;
}

const struct cmd cmd_bank_verify = {
	"verify",    run_verify, "[DIR]", "check that a bank is what its author signed",
	verify_opts, NULL,
};

/* ---- sign ---- */

struct sign_given {
	const char *key;
	int64_t version;
};

static const struct opt sign_opts[] = {
	{ OPT_TEXT, 's', "secret", offsetof(struct sign_given, key), "FILE",
	  "the secret key (default: the one that key new made)" },
	{ OPT_VERSION, 0, "set-version", offsetof(struct sign_given, version), "N",
	  "this version instead of the next" },
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

/* What would be refused when somebody sits an exam is not signed. */
static bool check_blueprints(void *context, const struct bank *bank, struct err *err)
{
	struct arena *arena = context;
	struct blueprint blueprint;

	for (size_t i = 0; i < bank->blueprint_count; i++) {
		const struct bank_blueprint *held = &bank->blueprints[i];

		if (!blueprint_read(held->name, held->text, held->len, arena, &blueprint,
				    err))
			return false;
	}
	return !bank->default_blueprint ||
	       blueprint_find(bank, bank->default_blueprint, arena, &blueprint, err);
}

static void put_signed(const char *dir, const struct bank_signing *signing,
		       struct buf *out)
{
	struct public_key public;
	char id[CRYPTO_KEY_ID_SIZE];

	for (size_t i = 0; i < signing->added_count; i++)
		put_line(out, "new", signing->added[i]);
	crypto_secret_public(signing->key, &public);
	crypto_key_id(public.id, id);
	text_safe_line(out, dir, strlen(dir));
	buf_printf(out, ": version %lld, signed with %s\n", (long long)signing->version,
		   id);
}

static bool refuse_finding(const char *dir, const struct lint_finding *finding,
			   size_t errors, struct err *err)
{
	err_set(err, ERR_INPUT, "%s [%s] (error 1 of %zu; proctor bank lint tells all)",
		finding->message, finding->rule->name, errors);
	if (finding->pointer[0])
		err_in(err, "%s", finding->pointer);
	if (finding->line)
		err_in(err, "%s:%zu:%zu", finding->file, finding->line, finding->column);
	else
		err_in(err, "%s", finding->file);
	return err_in(err, "%s", dir);
}

/* What the linter calls an error is not signed either; the first is told, lint tells all.
 */
static bool check_lint(const char *dir, const char *day, struct err *err)
{
	struct lint_options options = { .today = day };
	const struct lint_finding *first;
	struct lint_report report;
	bool ok = true;

	if (!lint_folder(dir, &options, &report, err))
		return false;
	first = report.findings;
	while (report.counts[LINT_ERROR] && first->severity != LINT_ERROR)
		first++;
	if (report.counts[LINT_ERROR])
		ok = refuse_finding(dir, first, report.counts[LINT_ERROR], err);
	lint_release(&report);
	return ok;
}

/* The bank is about to be parsed, with a secret key within reach. */
static bool confine_sign(const char *dir, const char *key, struct arena *arena,
			 struct err *err)
{
	const char *read[] = { dir, key };
	const char *write[] = { dir, "/dev/tty", "/dev/null", NULL };

	return confine(read, 2, write, arena, err);
}

static bool sign(const struct sign_given *given, const char *dir, struct arena *arena,
		 struct buf *out, struct err *err)
{
	struct bank_signing signing = {
		.version = given->version,
		.today = today(arena),
		.check = check_blueprints,
		.context = arena,
		.arena = arena,
	};
	struct secret_key *key = NULL;
	const char *path = given->key;
	bool ok;

	if (!dir)
		return err_set(err, ERR_USAGE,
			       "say which: proctor bank sign DIR -s KEYFILE");
	if (!path && !(path = own_secret(arena, err)))
		return false;
	if (!given->key && !file_exists(path))
		return err_set(
			err, ERR_USAGE,
			"there is no signing key yet, %s: make one with proctor key "
			"new, or name another with --secret FILE",
			path);
	ok = confine_sign(dir, path, arena, err) && check_lint(dir, signing.today, err) &&
	     load_secret(path, &key, err);
	signing.key = key;
	ok = ok && bank_sign(dir, &signing, err);
	if (ok)
		put_signed(dir, &signing, out);
	crypto_secret_free(key);
	return ok;
}

static bool run_sign(int argc, char **argv, struct err *err)
{
	struct sign_given given = { NULL, 0 };
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	int i = opt_parse(sign_opts, argc, argv, 1, &given, err);
	bool ok;

	if (i < 0)
		return false;
	ok = sign(&given, argv[i], &arena, &out, err) && put_out(&out, err);
	buf_release(&out);
	arena_release(&arena);
	return ok;
}

const struct cmd cmd_bank_sign = {
	"sign",    run_sign, "DIR", "digest every file and sign the bank anew",
	sign_opts, NULL,
};

/* ---- forget ---- */

static bool run_forget(int argc, char **argv, struct err *err)
{
	struct store *store = NULL;
	struct buf out = BUF_INIT;
	int i = opt_parse(NULL, argc, argv, 1, NULL, err);
	bool ok;

	if (i < 0)
		return false;
	if (i == argc)
		return err_set(err, ERR_USAGE, "say which: proctor bank forget ID");
	ok = store_open(NULL, &store, err) && store_forget(store, argv[i], err);
	if (ok) {
		text_safe_line(&out, argv[i], strlen(argv[i]));
		buf_text(&out, ": the versions that were used here are forgotten\n");
		ok = put_out(&out, err);
	}
	store_free(store);
	buf_release(&out);
	return ok;
}

const struct cmd cmd_bank_forget = {
	"forget", run_forget, "ID", "let go of which versions of a bank were used here",
	NULL,     NULL,
};
