#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "proctor/json.h"
#include "proctor/text.h"

/* What each blueprint of a bank can draw, for proctor bank verify. */

struct counted {
	struct blueprint blueprint;
	struct blueprint_supply supply;
};

static bool count_each(const struct bank *bank, struct arena *arena,
		       struct counted *counted, struct err *err)
{
	const struct draw draw = { .seed = "verify" };

	for (size_t i = 0; i < bank->blueprint_count; i++) {
		const struct bank_blueprint *held = &bank->blueprints[i];

		if (!blueprint_read(held->name, held->text, held->len, arena,
				    &counted[i].blueprint, err))
			return false;
		counted[i].supply = blueprint_supply(&counted[i].blueprint, bank, &draw,
						     arena);
	}
	return true;
}

static bool judge(const struct bank *bank, const struct counted *counted, struct err *err)
{
	for (size_t i = 0; i < bank->blueprint_count; i++)
		if (!counted[i].supply.most)
			return err_set(err, ERR_INPUT,
				       "blueprint %s of bank %s can draw nothing: %s",
				       counted[i].blueprint.id, bank->id,
				       counted[i].supply.reasons[0]);
	return true;
}

static void put_counted(const struct counted *counted, struct buf *out)
{
	const struct blueprint *blueprint = &counted->blueprint;
	const struct blueprint_supply *supply = &counted->supply;

	buf_printf(out, "blueprint %s: %zu questions for forms of %lld: ", blueprint->id,
		   supply->questions,
		   (long long)(blueprint->scored + blueprint->unscored));
	if (supply->most)
		buf_printf(
			out,
			"at most %zu form%s with no question in common; why not %zu:\n",
			supply->most, supply->most == 1 ? "" : "s", supply->most + 1);
	else
		buf_printf(out, "%s\n", supply->proven ? "no form" : "no form was found");
	for (size_t i = 0; i < supply->reason_count; i++) {
		buf_text(out, "  ");
		text_safe_line(out, supply->reasons[i], strlen(supply->reasons[i]));
		buf_char(out, '\n');
	}
}

bool put_drawable(const struct bank *bank, struct arena *arena, struct buf *out,
		  struct err *err)
{
	struct counted *counted = ARENA_ARRAY(arena, bank->blueprint_count,
					      struct counted);

	if (!count_each(bank, arena, counted, err))
		return false;
	for (size_t i = 0; i < bank->blueprint_count; i++)
		put_counted(&counted[i], out);
	return judge(bank, counted, err);
}

bool json_drawable(const struct bank *bank, struct arena *arena, struct json_out *json,
		   struct err *err)
{
	struct counted *counted = ARENA_ARRAY(arena, bank->blueprint_count,
					      struct counted);

	if (!count_each(bank, arena, counted, err))
		return false;
	json_out_array(json, "blueprints");
	for (size_t i = 0; i < bank->blueprint_count; i++) {
		const struct blueprint_supply *supply = &counted[i].supply;

		json_out_object(json, NULL);
		json_out_text(json, "id", counted[i].blueprint.id);
		json_out_integer(json, "length",
				 counted[i].blueprint.scored +
					 counted[i].blueprint.unscored);
		json_out_integer(json, "questions", (int64_t)supply->questions);
		json_out_integer(json, "apart_at_most", (int64_t)supply->most);
		json_out_bool(json, "proven", supply->proven);
		json_out_array(json, "why_not_more");
		for (size_t r = 0; r < supply->reason_count; r++)
			json_out_text(json, NULL, supply->reasons[r]);
		json_out_end(json, ']');
		json_out_end(json, '}');
	}
	json_out_end(json, ']');
	return judge(bank, counted, err);
}
