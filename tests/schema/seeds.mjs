// Valid documents of each kind, with every field the format has, to be spoilt.
// Text in them is left short: a mutation is about the field, not about what it says.

const option = (id, more) => ({ id, text: `Option ${id}`, rationale: `About ${id}.`, ...more });
const base = (id, type) => ({
	id, type,
	objectives: ['seed:1.1', 'other:1.2'],
	difficulty: 'medium',
	services: ['A', 'B'],
	topics: ['seed:1.1.1'],
	case: null,
	enemies: [],
	stem: 'What is asked here?',
	explanation: 'Because.',
	references: [{ title: 'Page', url: 'https://example.org/page' }],
	reviewed: '2026-11-20',
	status: 'active',
	lint: { ignore: ['missing-rationale'], why: 'It is a seed.' },
});

const choice = {
	...base('choice-01', 'multiple-choice'),
	options: [option('a', { correct: true }), option('b', { correct: false }), option('c')],
};
const response = {
	...base('response-01', 'multiple-response'),
	options: [option('a', { correct: true }), option('b', { correct: true }), option('c'), option('d'),
		option('e')],
};
const ordering = {
	...base('ordering-01', 'ordering'),
	options: [option('a', { position: 2 }), option('b', { position: 1 }), option('c', { correct: false })],
};
const matching = {
	...base('matching-01', 'matching'),
	options: [option('a'), option('b')],
	prompts: [{ id: '1', text: 'One', match: 'b', rationale: 'So it is.' }, { id: '2', text: 'Two', match: 'b' }],
};
const small = {
	id: 'small-01', type: 'multiple-choice', objectives: ['seed:1.1'], difficulty: 'easy', stem: 'Why?',
	options: [{ id: 'a', text: 'A', correct: true }, { id: 'b', text: 'B' }], explanation: 'So.', status: 'draft',
};
const inCase = { id: 'case-01', title: 'A case', text: 'Something happens.' };

const file = (...questions) => ({
	$schema: '../questions.schema.json',
	format: 'proctor-questions/1',
	cases: [inCase],
	questions,
});

const blueprint = {
	$schema: '../blueprint.schema.json',
	format: 'proctor-blueprint/1',
	id: 'seed-1',
	exam: 'seed',
	title: 'A seed',
	vendor: 'Nobody',
	status: 'Made up.',
	minutes: 10,
	scored: 4,
	unscored: 2,
	scale: { min: 0, max: 100, pass: 70 },
	types: ['multiple-choice', 'multiple-response', 'ordering', 'matching'],
	accommodations: [{ id: 'extra', title: 'More time', extra_minutes: 5 }],
	mix: { 'multiple-choice': [0, 6], 'multiple-response': [0, 2], ordering: [1, 1], matching: [0, 1] },
	difficulty: [1.5, 2.5],
	domains: [
		{ id: '1', title: 'First', weight: 30, tasks: [{ id: '1.1', title: 'T' }] },
		{ id: '2', title: 'Second', weight: 70, tasks: [{ id: '2.1', title: 'T' }, { id: '2.2', title: 'T' }] },
	],
};

const digest = '0'.repeat(64);
const bank = {
	$schema: 'docs/schema/bank.schema.json',
	format: 'proctor-bank/1',
	id: 'seeds',
	version: 3,
	title: 'Seeds',
	language: 'en',
	license: 'CC0-1.0',
	issued: '2026-11-20',
	valid_until: '2028-02-29',
	default_blueprint: 'seed-1',
	blueprints: [{ path: 'blueprints/a.json', blake2b: digest }, blueprint],
	questions: [{ path: 'questions/a.json', blake2b: digest }, file(small)],
	names: [{ old: 'Old', now: 'New', since: '2024-02', exams: ['seed'] }, { old: 'Gone' }],
};

export const seeds = {
	questions: [file(choice), file(response), file(ordering), file(matching), file(small, choice)],
	blueprint: [blueprint],
	bank: [bank],
};
