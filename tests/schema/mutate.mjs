// Every way this file knows to spoil a document, one place at a time.

// Values that are wrong nearly everywhere, and some that are right in odd places.
const values = [
	null, true, false, 0, 1, -1, 1.5, 1.0005, 2, 3, 12, 13, 500, 501, 1440, 1441, 10000, 10001, 1000000, 1000001,
	1000000000, 1000000001, 2 ** 53, '', ' ', 'x', '1', '0', '1.1', '01', '1000', '2.9', 'Big Letters', 'a--b', '-a', 'a-',
	'a_b', 'activ', 'active', 'ordering', 'proctor-bank/1', 'proctor-questions/1', 'proctor-blueprint/1', 'seed:1',
	'seed:1.', 'seed:', 'seed:1..2', ':1.1', 'se ed:1.1', '2026-02-29', '2000-02-29', '1900-02-29', '2028-02-29',
	'0000-01-01', '2026-04-31', '2026-13-01', '2026-1-1', '2026-11-20 ', '\n', 'a\n', '../a.json', 'a//b', 'a/.b', '/a', 'a\\b',
	'\u00e9', '\u00e9'.repeat(16), '\u{1f600}'.repeat(16), 'a'.repeat(16), 'a'.repeat(17), 'a'.repeat(64), 'a'.repeat(80),
	'a'.repeat(81), '\u00e9'.repeat(80), '\u00e9'.repeat(500), 'a'.repeat(501), 'a'.repeat(1001), 'a'.repeat(2001), 'a'.repeat(4001),
	'\u00e9'.repeat(20000), 'a'.repeat(20001), [], {}, [[]], [{}], [1, 2], [2, 1], [0, 0], [1.5, 2], ['x', 'y'], [null, null],
	{ id: 'a' }, { format: 'proctor-questions/1' },
];

// Names a member can get: each other's, misspelt, and none.
const names = ['', 'extra', 'ID', 'txt', 'id', 'title', 'correct', 'position', 'prompts', 'match', 'format', '$schema',
	'lint', 'why', 'path', 'now', 'weight', 'pass', '__proto__x', 'constructor'];

const copy = (document) => structuredClone(document);

function* places(value, path = []) {
	if (value === null || typeof value !== 'object')
		return;
	for (const key of Object.keys(value)) {
		yield [...path, key];
		yield* places(value[key], [...path, key]);
	}
}

const holder = (document, path) => path.slice(0, -1).reduce((value, key) => value[key], document);

// A copy in which change() has done something to what holds the place, and its key there.
function changed(document, path, change) {
	const made = copy(document);

	change(holder(made, path), path[path.length - 1]);
	return made;
}

function renamed(object, key, name) {
	const rows = Object.entries(object).map(([k, v]) => [k === key ? name : k, v]);

	for (const k of Object.keys(object))
		delete object[k];
	for (const [k, v] of rows)
		object[k] = v;
}

function* spoilArray(document, path) {
	const at = (made) => path.reduce((value, key) => value[key], made);
	const first = at(document)[0];

	for (const times of [2, 3, 5, 9, 13, 17, 21, 33, 101]) {
		const made = copy(document);

		at(made).push(...Array.from({ length: times }, () => copy(first)));
		yield made;
	}
	for (const value of [null, 0, 'x', [], {}]) {
		const made = copy(document);

		at(made).unshift(value);
		yield made;
	}
	const made = copy(document);

	at(made).reverse();
	yield made;
}

function* spoilPlace(document, path) {
	const inArray = Array.isArray(holder(document, path));

	yield changed(document, path, (at, key) => (inArray ? at.splice(key, 1) : delete at[key]));
	for (const value of values)
		yield changed(document, path, (at, key) => (at[key] = copy(value)));
	yield changed(document, path, (at, key) => (at[key] = [at[key]]));
	yield changed(document, path, (at, key) => (at[key] = { [key]: at[key] }));
	if (inArray)
		return;
	for (const name of names)
		yield changed(document, path, (at, key) => renamed(at, key, name));
	for (const name of names)
		yield changed(document, path, (at, key) => name in at || (at[name] = copy(at[key])));
}

function* spoilAll(document) {
	for (const value of values)
		yield [[], copy(value)];
	for (const path of places(document)) {
		const value = path.reduce((at, key) => at[key], document);

		for (const made of spoilPlace(document, path))
			yield [path, made];
		if (!Array.isArray(value) || !value.length)
			continue;
		for (const made of spoilArray(document, path))
			yield [path, made];
	}
}

// All documents that are one step from this one, but where skip(path) says no.
export function* spoilt(document, skip) {
	for (const [path, made] of spoilAll(document))
		if (!skip?.(path))
			yield made;
}

// The same numbers on every machine (mulberry32).
export function random(seed) {
	return () => {
		let t = (seed += 0x6d2b79f5);

		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const pick = (list, next) => list[Math.floor(next() * list.length)];

// One step from it, at random.
export function spoiltOnce(document, next) {
	const all = [...places(document)];

	if (!all.length)
		return copy(pick(values, next));
	return pick([...spoilPlace(document, pick(all, next))], next);
}

// As text with a member written twice, which no JavaScript object can hold.
export function* doubled(document, skip) {
	for (const path of places(document)) {
		if (skip?.(path) || Array.isArray(holder(document, path)))
			continue;
		const made = changed(document, path, (at, key) => (at[`${key}\u0001`] = at[key]));

		yield JSON.stringify(made).replace('\\u0001"', '"');
	}
}
