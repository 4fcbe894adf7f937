#include <stdio.h>

#include "cmd.h"
#include "proctor/clock.h"

const char *new_seed(struct arena *arena)
{
	uint8_t chance[8];
	char *text = arena_alloc(arena, 2 * sizeof(chance) + 1);

	crypto_random(chance, sizeof(chance));
	for (size_t i = 0; i < sizeof(chance); i++)
		snprintf(text + 2 * i, 3, "%02x", chance[i]);
	return text;
}

bool start_open(struct start *start, const struct bank_given *bank, const char *blueprint,
		const char *own, struct err *err)
{
	return opener_start(&start->opener, bank, &start->arena, err) &&
	       choose_blueprint(&start->opener, blueprint, own, &start->bank,
				&start->at.blueprint, err);
}

void start_describe(struct start *start, const char *kind, const char *seed,
		    int64_t limit_ms)
{
	char *digest = arena_alloc(&start->arena, CRYPTO_HEX_SIZE);
	const struct bank *bank = start->bank;

	crypto_hex(&bank->digest, digest);
	start->at.about = (struct store_session){
		.kind = kind,
		.bank_id = bank->id,
		.bank_version = bank->version,
		.bank_digest = digest,
		.signed_by = bank->is_signed ? bank->signer.key_id : "",
		.seed = seed ? seed : new_seed(&start->arena),
		.history = !seed,
		.limit_ms = limit_ms,
		.can_pause = true,
		.began_ms = clock_now(&clock_system).real,
		.blueprint_id = start->at.blueprint.id,
		.blueprint = arena_copy(&start->arena, start->at.blueprint.text,
					start->at.blueprint.text_len),
	};
}

/* It is still there when this one has ended, but no longer the latest. */
static void tell_unfinished(struct start *start)
{
	struct store_session other;
	struct err none = ERR_INIT;

	if (store_find(start->opener.store, NULL, true, &start->arena, &other, &none))
		put_note(arena_printf(&start->arena,
				      "%s %s is not finished; proctor resume %s goes on "
				      "with it",
				      other.kind, other.id, other.id));
}

bool start_sit(struct start *start, const struct front_given *front, struct err *err)
{
	struct store_loaded *at = &start->at;

	tell_unfinished(start);
	if (!store_begin(start->opener.store, &at->about, &at->form, err))
		return false;
	at->last.boot_id = "";
	session_init_form(&at->session, &at->form, store_rules(&at->about),
			  &start->arena);
	return sit(start->opener.store, at, start->told, front, err);
}

void start_end(struct start *start)
{
	opener_end(&start->opener);
	bank_free(start->bank);
	arena_release(&start->arena);
}
