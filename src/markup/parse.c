#include "proctor/markup.h"

#include <md4c.h>
#include <stdint.h>
#include <string.h>

#include "priv.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/text.h"

/* A run as it is read: raw bytes of the block's text up to `to`. */
struct piece {
	size_t to;
	unsigned style;
};

struct list {
	bool ordered;
	unsigned next;
};

struct parsing {
	struct arena *arena;
	struct err *err;
	bool refused;
	const char *source;
	struct buf seen; /* a byte for each of the source: was it read as text? */

	struct list lists[MARKUP_DEEPEST + 1];
	unsigned depth;
	bool item; /* an item was entered and has no block yet */
	bool open; /* `block` is being filled */
	struct markup_block block;
	struct buf text; /* its text, raw, and the runs of it */
	struct buf pieces;
	unsigned within[MD_SPAN_CODE + 1]; /* how many spans of each type we are in */

	struct buf blocks;
};

/*
 * The parser stops at a negative result, and gives one itself when it is out of memory:
 * `refused` tells the two apart.
 */
static int refuse_kind(struct parsing *p, const char *what)
{
	err_set(p->err, ERR_INPUT, "%s", what);
	p->refused = true;
	return -1;
}

/* The same, quoting the first bytes of what is refused. */
static int refuse(struct parsing *p, const char *what, const char *text, size_t len)
{
	struct buf name = BUF_INIT;
	size_t cut = 0;

	while (cut < len && cut < 40 && text[cut] != '\n')
		cut += text_cluster(text + cut, len - cut);
	text_safe_line(&name, text, cut);
	err_set(p->err, ERR_INPUT, "%s: \"%s%s\"", what, name.data,
		cut < len ? "..." : "");
	p->refused = true;
	buf_release(&name);
	return -1;
}

/* Static strings of the parser's (blanks, line feeds) do not lie within the source. */
static void mark_seen(struct parsing *p, const char *text, size_t len)
{
	uintptr_t at = (uintptr_t)text - (uintptr_t)p->source;

	if (at < p->seen.len && len <= p->seen.len - at)
		memset(p->seen.data + at, 1, len);
}

static void open_block(struct parsing *p, enum markup_kind kind)
{
	p->block = (struct markup_block){ .kind = kind, .depth = p->depth };
	p->open = true;
	buf_clear(&p->text);
	buf_clear(&p->pieces);
}

/* The first block of an item is the item. */
static void open_paragraph(struct parsing *p)
{
	struct list *list = &p->lists[p->depth];

	open_block(p, p->item ? MARKUP_ITEM : MARKUP_PARAGRAPH);
	if (p->item && list->ordered)
		p->block.number = list->next++;
	p->item = false;
}

static void set_runs(struct parsing *p)
{
	const struct piece *pieces = (const void *)p->pieces.data;
	size_t count = p->pieces.len / sizeof(*pieces), from = 0;
	struct markup_run *runs = ARENA_ARRAY(p->arena, count, struct markup_run);
	struct buf safe = BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		buf_clear(&safe);
		text_safe(&safe, p->text.data + from, pieces[i].to - from);
		runs[i].text = arena_copy(p->arena, safe.data, safe.len);
		runs[i].len = safe.len;
		runs[i].style = pieces[i].style;
		from = pieces[i].to;
	}
	buf_release(&safe);
	p->block.runs = runs;
	p->block.count = count;
}

/* A heading without text is nothing to show; an empty item or cell is. */
static void close_block(struct parsing *p)
{
	if (!p->open)
		return;
	p->open = false;
	if (!p->text.len &&
	    (p->block.kind == MARKUP_PARAGRAPH || p->block.kind == MARKUP_HEADING))
		return;
	set_runs(p);
	buf_add(&p->blocks, &p->block, sizeof(p->block));
}

/* Before anything but an item's own text: what was open ends, an item stands alone. */
static void settle(struct parsing *p)
{
	close_block(p);
	if (p->item)
		open_paragraph(p);
	close_block(p);
}

/* What is absent is refused, or cannot occur with the flags we give. */
static const unsigned span_styles[] = {
	[MD_SPAN_EM] = MARKUP_EMPHASIS,
	[MD_SPAN_STRONG] = MARKUP_STRONG,
	[MD_SPAN_CODE] = MARKUP_CODE,
};

static unsigned style_here(const struct parsing *p)
{
	unsigned style = MARKUP_PLAIN;

	for (size_t i = 0; i < sizeof(span_styles) / sizeof(span_styles[0]); i++)
		if (p->within[i])
			style |= span_styles[i];
	return style;
}

/* What was just added to the text has the style of the spans we are in. */
static void extend_runs(struct parsing *p)
{
	struct piece *last = (void *)(p->pieces.data + p->pieces.len);
	struct piece piece = { p->text.len, style_here(p) };
	size_t from = p->pieces.len ? last[-1].to : 0;

	if (p->text.len == from)
		return;
	if (p->pieces.len && last[-1].style == piece.style)
		last[-1].to = piece.to;
	else
		buf_add(&p->pieces, &piece, sizeof(piece));
}

static void add_text(struct parsing *p, const char *text, size_t len)
{
	buf_add(&p->text, text, len);
	extend_runs(p);
}

/*
 * Text of a paragraph: any blanks are one blank, but in code each stays. Only a hard
 * break is a line feed, and nothing is a tab. A bar in a cell's code is written \|.
 */
static void add_words(struct parsing *p, const char *text, size_t len)
{
	char *to = buf_space(&p->text, len);
	bool code = p->within[MD_SPAN_CODE] > 0;
	char before = p->text.len ? to[-1] : '\n';

	for (size_t i = 0; i < len; i++) {
		bool bar = code && p->block.kind == MARKUP_CELL && i + 1 < len &&
			   text[i] == '\\' && text[i + 1] == '|';
		bool blank = text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r');

		if (bar || (blank && !code && (before == ' ' || before == '\n')))
			continue;
		*to++ = before = blank ? ' ' : text[i];
	}
	*to = '\0';
	p->text.len = (size_t)(to - p->text.data);
	extend_runs(p);
}

static int enter_list(struct parsing *p, bool ordered, unsigned start)
{
	settle(p);
	if (p->depth == MARKUP_DEEPEST)
		return refuse_kind(p, "lists are nested too deep");
	if (ordered && start == 0)
		return refuse_kind(p,
				   "a list that begins with 0 is not part of the markup");
	p->lists[++p->depth] = (struct list){ ordered, start };
	return 0;
}

static int enter_bullets(struct parsing *p, void *detail)
{
	(void)detail;
	return enter_list(p, false, 0);
}

static int enter_numbers(struct parsing *p, void *detail)
{
	return enter_list(p, true, ((MD_BLOCK_OL_DETAIL *)detail)->start);
}

static int leave_list(struct parsing *p)
{
	p->depth--;
	return 0;
}

static int enter_item(struct parsing *p, void *detail)
{
	(void)detail;
	p->item = true;
	return 0;
}

static int leave_item(struct parsing *p)
{
	settle(p);
	return 0;
}

static int enter_paragraph(struct parsing *p, void *detail)
{
	(void)detail;
	close_block(p);
	open_paragraph(p);
	return 0;
}

static int leave_block(struct parsing *p)
{
	close_block(p);
	return 0;
}

static int enter_heading(struct parsing *p, void *detail)
{
	settle(p);
	open_block(p, MARKUP_HEADING);
	p->block.number = ((MD_BLOCK_H_DETAIL *)detail)->level;
	return 0;
}

static int enter_code(struct parsing *p, void *detail)
{
	const MD_ATTRIBUTE *info = &((MD_BLOCK_CODE_DETAIL *)detail)->info;

	settle(p);
	mark_seen(p, info->text, info->size);
	open_block(p, MARKUP_CODE_BLOCK);
	p->within[MD_SPAN_CODE]++;
	return 0;
}

/* One run always, without the line feed that ends the last line. */
static int leave_code(struct parsing *p)
{
	struct piece piece;

	if (p->text.len && p->text.data[p->text.len - 1] == '\n')
		p->text.data[--p->text.len] = '\0';
	piece = (struct piece){ p->text.len, MARKUP_CODE };
	buf_clear(&p->pieces);
	buf_add(&p->pieces, &piece, sizeof(piece));
	p->within[MD_SPAN_CODE]--;
	close_block(p);
	return 0;
}

static int enter_table(struct parsing *p, void *detail)
{
	unsigned columns = ((MD_BLOCK_TABLE_DETAIL *)detail)->col_count;

	settle(p);
	if (columns > MARKUP_WIDEST)
		return refuse_kind(p, "a table has too many columns");
	p->block = (struct markup_block){ .columns = columns };
	return 0;
}

/* Cells come in order, each row filled up; where the last one stood tells the place. */
static int enter_cell(struct parsing *p, void *detail)
{
	struct markup_block last = p->block;

	(void)detail;
	open_block(p, MARKUP_CELL);
	p->block.columns = last.columns;
	p->block.row = last.row;
	p->block.column = last.kind == MARKUP_CELL ? last.column + 1 : 0;
	return 0;
}

static int enter_row(struct parsing *p, void *detail)
{
	(void)detail;
	if (p->block.kind == MARKUP_CELL)
		p->block.row++;
	p->block.kind = MARKUP_PARAGRAPH;
	return 0;
}

static int refuse_quote(struct parsing *p, void *detail)
{
	(void)detail;
	return refuse_kind(p,
			   "a block quote is not part of the markup (write &gt; for >)");
}

static int refuse_rule(struct parsing *p, void *detail)
{
	(void)detail;
	return refuse_kind(p, "a horizontal rule is not part of the markup");
}

/* What is absent is passed by: document, table head and body, HTML (its text tells). */
static const struct {
	int (*enter)(struct parsing *p, void *detail);
	int (*leave)(struct parsing *p);
} block_rules[] = {
	[MD_BLOCK_QUOTE] = { refuse_quote, NULL },
	[MD_BLOCK_UL] = { enter_bullets, leave_list },
	[MD_BLOCK_OL] = { enter_numbers, leave_list },
	[MD_BLOCK_LI] = { enter_item, leave_item },
	[MD_BLOCK_HR] = { refuse_rule, NULL },
	[MD_BLOCK_H] = { enter_heading, leave_block },
	[MD_BLOCK_CODE] = { enter_code, leave_code },
	[MD_BLOCK_P] = { enter_paragraph, leave_block },
	[MD_BLOCK_TABLE] = { enter_table, NULL },
	[MD_BLOCK_TR] = { enter_row, NULL },
	[MD_BLOCK_TH] = { enter_cell, leave_block },
	[MD_BLOCK_TD] = { enter_cell, leave_block },
};

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *self)
{
	struct parsing *p = self;

	return block_rules[type].enter ? block_rules[type].enter(p, detail) : 0;
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *self)
{
	struct parsing *p = self;

	(void)detail;
	return block_rules[type].leave ? block_rules[type].leave(p) : 0;
}

/* A link's and an image's detail both begin with the address. */
static int refuse_address(struct parsing *p, MD_SPANTYPE type, void *detail)
{
	const MD_ATTRIBUTE *address = type == MD_SPAN_A
					      ? &((MD_SPAN_A_DETAIL *)detail)->href
					      : &((MD_SPAN_IMG_DETAIL *)detail)->src;

	return refuse(p,
		      type == MD_SPAN_A ? "a link is not part of the markup"
					: "an image is not part of the markup",
		      address->size ? address->text : "", address->size);
}

static int on_enter_span(MD_SPANTYPE type, void *detail, void *self)
{
	struct parsing *p = self;

	if (!span_styles[type])
		return refuse_address(p, type, detail);
	p->within[type]++;
	return 0;
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *self)
{
	struct parsing *p = self;

	(void)detail;
	p->within[type]--;
	return 0;
}

static int add_entity(struct parsing *p, const char *text, size_t len)
{
	struct buf decoded = BUF_INIT;
	bool known = markup_entity(&decoded, text, len);

	add_words(p, decoded.data, decoded.len);
	buf_release(&decoded);
	if (known)
		return 0;
	return refuse(p, "an entity that is not known (write the character itself)", text,
		      len);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *self)
{
	struct parsing *p = self;

	mark_seen(p, text, size);
	if (type == MD_TEXT_HTML)
		return refuse(
			p, "HTML is not part of the markup (write &lt; or use backticks)",
			text, size);
	if (!p->open) /* a tight list has no paragraphs of its own */
		open_paragraph(p);
	if (type == MD_TEXT_ENTITY)
		return add_entity(p, text, size);
	if (type == MD_TEXT_NULLCHAR)
		add_text(p, "\uFFFD", 3);
	else if (type == MD_TEXT_BR)
		add_text(p, "\n", 1);
	else if (type == MD_TEXT_SOFTBR)
		add_words(p, " ", 1);
	else if (p->block.kind == MARKUP_CODE_BLOCK)
		add_text(p, text, size);
	else
		add_words(p, text, size);
	return 0;
}

static const MD_PARSER parser = {
	.flags = MD_FLAG_TABLES | MD_FLAG_NOINDENTEDCODEBLOCKS,
	.enter_block = on_enter_block,
	.leave_block = on_leave_block,
	.enter_span = on_enter_span,
	.leave_span = on_leave_span,
	.text = on_text,
};

/*
 * CommonMark takes link definitions and surplus table cells out of the text without a
 * word. An author means every word to be read, so what nobody was told of is refused.
 */
static bool check_all_seen(struct parsing *p)
{
	size_t at = markup_unseen(p->source, p->seen.data, p->seen.len);

	if (at == p->seen.len)
		return true;
	refuse(p, "a link definition, or a cell beyond the head", p->source + at,
	       p->seen.len - at);
	return false;
}

static void release(struct parsing *p)
{
	buf_release(&p->seen);
	buf_release(&p->text);
	buf_release(&p->pieces);
	buf_release(&p->blocks);
}

bool markup_parse(const char *text, size_t len, struct arena *arena,
		  struct markup *markup, struct err *err)
{
	struct parsing p = { .arena = arena,
			     .err = err,
			     .source = text,
			     .seen = BUF_INIT,
			     .text = BUF_INIT,
			     .pieces = BUF_INIT,
			     .blocks = BUF_INIT };
	bool ok;

	if (len > MARKUP_MAX_BYTES)
		return err_set(err, ERR_INPUT, "longer than %d bytes", MARKUP_MAX_BYTES);
	buf_repeat(&p.seen, 0, len);
	if (md_parse(text, (MD_SIZE)len, &parser, &p) != 0 && !p.refused)
		err_no_memory();
	ok = !p.refused && check_all_seen(&p);
	if (ok) {
		markup->count = p.blocks.len / sizeof(struct markup_block);
		markup->blocks = (const void *)arena_copy(arena, p.blocks.data,
							  p.blocks.len);
	}
	release(&p);
	return ok;
}
