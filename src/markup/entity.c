#include "priv.h"

#include <string.h>

#include "proctor/buf.h"

/*
 * What an author may want and cannot always type. Anything else is written as itself:
 * the bank is UTF-8.
 */
static const struct entity {
	const char *name, *text;
} entities[] = {
	{ "amp", "&" },         { "lt", "<" },           { "gt", ">" },
	{ "quot", "\"" },       { "apos", "'" },         { "lbrace", "{" },
	{ "rbrace", "}" },      { "lbrack", "[" },       { "rbrack", "]" },
	{ "lpar", "(" },        { "rpar", ")" },         { "ast", "*" },
	{ "lowbar", "_" },      { "grave", "`" },        { "num", "#" },
	{ "vert", "|" },        { "verbar", "|" },       { "bsol", "\\" },
	{ "sol", "/" },         { "dollar", "$" },       { "percnt", "%" },
	{ "plus", "+" },        { "equals", "=" },       { "commat", "@" },
	{ "colon", ":" },       { "semi", ";" },         { "excl", "!" },
	{ "quest", "?" },       { "nbsp", "\u00A0" },    { "cent", "\u00A2" },
	{ "pound", "\u00A3" },  { "yen", "\u00A5" },     { "sect", "\u00A7" },
	{ "copy", "\u00A9" },   { "laquo", "\u00AB" },   { "not", "\u00AC" },
	{ "reg", "\u00AE" },    { "deg", "\u00B0" },     { "plusmn", "\u00B1" },
	{ "sup2", "\u00B2" },   { "sup3", "\u00B3" },    { "micro", "\u00B5" },
	{ "para", "\u00B6" },   { "middot", "\u00B7" },  { "raquo", "\u00BB" },
	{ "frac14", "\u00BC" }, { "frac12", "\u00BD" },  { "frac34", "\u00BE" },
	{ "times", "\u00D7" },  { "divide", "\u00F7" },  { "Delta", "\u0394" },
	{ "Pi", "\u03A0" },     { "Sigma", "\u03A3" },   { "Omega", "\u03A9" },
	{ "alpha", "\u03B1" },  { "beta", "\u03B2" },    { "gamma", "\u03B3" },
	{ "delta", "\u03B4" },  { "epsilon", "\u03B5" }, { "theta", "\u03B8" },
	{ "lambda", "\u03BB" }, { "mu", "\u03BC" },      { "pi", "\u03C0" },
	{ "rho", "\u03C1" },    { "sigma", "\u03C3" },   { "tau", "\u03C4" },
	{ "phi", "\u03C6" },    { "chi", "\u03C7" },     { "omega", "\u03C9" },
	{ "ndash", "\u2013" },  { "mdash", "\u2014" },   { "lsquo", "\u2018" },
	{ "rsquo", "\u2019" },  { "ldquo", "\u201C" },   { "rdquo", "\u201D" },
	{ "bull", "\u2022" },   { "hellip", "\u2026" },  { "euro", "\u20AC" },
	{ "trade", "\u2122" },  { "larr", "\u2190" },    { "uarr", "\u2191" },
	{ "rarr", "\u2192" },   { "darr", "\u2193" },    { "harr", "\u2194" },
	{ "rArr", "\u21D2" },   { "hArr", "\u21D4" },    { "forall", "\u2200" },
	{ "exist", "\u2203" },  { "empty", "\u2205" },   { "isin", "\u2208" },
	{ "sum", "\u2211" },    { "minus", "\u2212" },   { "radic", "\u221A" },
	{ "infin", "\u221E" },  { "and", "\u2227" },     { "or", "\u2228" },
	{ "cap", "\u2229" },    { "cup", "\u222A" },     { "asymp", "\u2248" },
	{ "ne", "\u2260" },     { "equiv", "\u2261" },   { "le", "\u2264" },
	{ "ge", "\u2265" },     { "sub", "\u2282" },     { "check", "\u2713" },
	{ "cross", "\u2717" },
};

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = memchr(digits, c, sizeof(digits) - 1);

	return at ? (int)((at - digits) % 16) : -1;
}

/* Stops growing where no code point is any more; the parser has checked the form. */
static unsigned number(const char *text, size_t len)
{
	bool hex = len && (text[0] == 'x' || text[0] == 'X');
	unsigned value = 0;

	for (size_t i = hex; i < len && value <= 0x10FFFF; i++)
		value = value * (hex ? 16U : 10U) + (unsigned)digit(text[i]);
	return value;
}

/* As in CommonMark, what is no character becomes the replacement character. */
static void put_character(struct buf *out, unsigned c)
{
	static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	unsigned len;

	if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		c = 0xFFFD;
	len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	buf_char(out, (char)(lead[len] | c >> (6 * (len - 1))));
	for (unsigned i = len - 1; i-- > 0;)
		buf_char(out, (char)(0x80 | (c >> (6 * i) & 0x3F)));
}

bool markup_entity(struct buf *out, const char *text, size_t len)
{
	if (len < 3)
		return false;
	text++;
	len -= 2;
	if (text[0] == '#') {
		put_character(out, number(text + 1, len - 1));
		return true;
	}
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
		const char *name = entities[i].name;

		if (strlen(name) == len && memcmp(name, text, len) == 0) {
			buf_text(out, entities[i].text);
			return true;
		}
	}
	return false;
}
