// Is what the linter says of a file's structure what the JSON Schema says of it? Valid files
// are spoilt in thousands of ways, and every one is judged by both:
//
//	the schema refuses, the linter has no error		a failure
//	the schema takes it, the linter has an error		a failure, unless all its errors are
//								of those a schema cannot find
//
//   node compare.mjs PROCTOR NODE_MODULES WORK [STEPS]
//
// STEPS: how many files with two and three faults, beside all with one (default 1000 of each
// kind). Ends with "N passed, N failed".
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { doubled, random, spoilt, spoiltOnce } from './mutate.mjs';
import { seeds } from './seeds.mjs';

const [proctor, modules, work, steps = '1000'] = process.argv.slice(2);
const Ajv = createRequire(`${modules}/`)('ajv/dist/2020.js').default;

// What JSON Schema has no words for: rules, and where a rule is in part within its reach,
// the messages that are not.
const beyond = [
	['json-duplicate-name'], // JSON.parse() takes the last
	['duplicate-id'],
	['unknown-option'],
	['unknown-objective'],
	['unknown-default'],
	['unknown-case'],
	['unknown-enemy'],
	['own-enemy'],
	['missing-file'],
	['listed-twice'],
	['bad-scale'],
	['bad-objective', /^a second objective for the same exam$/],
	['bad-id', /^".*" is not a task of domain /],
	['wrong-key', /^the positions must be 1, 2, /],
	['bad-mix', /^(not one of the blueprint's types|not a least and a most from|at (least|most) \d+ questions in a form)/],
	['bad-difficulty', /^(not two numbers of at most three decimals|not a least and a most|no mean of)/],
];

const isBeyond = (finding) =>
	beyond.some(([rule, message]) => rule === finding.rule && (!message || message.test(finding.message)));

// What a bank holds inline is spoilt as files already: one in ten will do.
const isInline = (path) => path.length > 2 && path[1] === '1' && path[0] !== 'names';
const rarely = { bank: (path, next) => isInline(path) && next() < 0.9 };

function* mutants(kind, seed) {
	const next = random(seed);
	const rare = rarely[kind] && ((path) => rarely[kind](path, next));

	for (const document of seeds[kind]) {
		yield JSON.stringify(document);
		for (const made of spoilt(document, rare))
			yield JSON.stringify(made);
		yield* doubled(document, rare);
	}
	for (let i = 0; i < steps; i++) {
		let made = seeds[kind][i % seeds[kind].length];

		for (let n = 2 + (i % 2); n; n--)
			made = spoiltOnce(made, next);
		yield JSON.stringify(made);
	}
}

const unique = (kind, seed) => [...new Set(mutants(kind, seed))];

function errorsOf(args, input) {
	const run = spawnSync(proctor, ['bank', 'lint', '--format', 'jsonl', '--select', 'structure', ...args],
		{ input, encoding: 'utf8', maxBuffer: 1 << 30 });

	if (run.status !== 0 && run.status !== 1)
		throw new Error(`proctor ended with ${run.status ?? run.signal}: ${run.stderr}`);
	return run.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line))
		.filter((finding) => finding.severity === 'error');
}

// The seeds have the same ids, so in one bank they are in each other's way; that is not the
// file's fault.
const ofOthers = /^(another question has this id|a second case with the id ".*")$/;

// Files of a bank's folders are judged all at once: one run, as many files as there are.
function judgeFolder(kind, folder, texts) {
	const found = texts.map(() => []);

	rmSync(work, { recursive: true, force: true });
	mkdirSync(`${work}/${folder}`, { recursive: true });
	texts.forEach((text, i) => writeFileSync(`${work}/${folder}/${i}.json`, text));
	for (const finding of errorsOf([work])) {
		const [, name] = finding.file.match(/\/(\d+)\.json$/) ?? [];

		if (name && !ofOthers.test(finding.message))
			found[Number(name)].push(finding);
	}
	rmSync(work, { recursive: true, force: true });
	return found;
}

const judges = {
	questions: (texts) => judgeFolder('questions', 'questions', texts),
	blueprint: (texts) => judgeFolder('blueprint', 'blueprints', texts),
	// A manifest that could not be told by its format is taken for questions.
	bank: (texts) => texts.map((text) => (isManifest(text) ? errorsOf(['-'], text) : null)),
};

function isManifest(text) {
	const document = JSON.parse(text);

	return document !== null && typeof document === 'object' && document.format === 'proctor-bank/1';
}

function tell(text, theirs, faults, told) {
	console.log(`the schema ${theirs ? 'takes and the linter refuses' : 'refuses and the linter takes'}`);
	console.log(`  ${text.length > 2000 ? `${text.slice(0, 2000)}...` : text}`);
	for (const fault of faults ?? [])
		console.log(`  ajv: ${fault.instancePath} ${fault.message}`);
	for (const finding of told)
		console.log(`  proctor: ${finding.pointer} ${finding.rule}: ${finding.message}`);
}

function compare(kind) {
	const schema = JSON.parse(execFileSync(proctor, ['bank', 'schema', kind], { encoding: 'utf8' }));
	const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
	const texts = unique(kind, 7);
	const verdicts = judges[kind](texts);
	const count = { both: 0, neither: 0, ours: 0, differ: 0 };

	texts.forEach((text, i) => {
		if (!verdicts[i])
			return;
		const theirs = validate(JSON.parse(text));
		const told = verdicts[i].filter((finding) => !isBeyond(finding));

		if (theirs ? told.length === 0 : verdicts[i].length > 0) {
			count[!theirs ? 'both' : verdicts[i].length ? 'ours' : 'neither']++;
			return;
		}
		if (count.differ++ < 20)
			tell(text, theirs, validate.errors, told);
	});
	const all = count.both + count.neither + count.ours + count.differ;

	console.log(`${kind}: ${all} files: ${count.both} refused by both, ${count.neither} by neither, ` +
		`${count.ours} by rules beyond a schema, ${count.differ} differ`);
	return { passed: all - count.differ, failed: count.differ };
}

const sums = ['questions', 'blueprint', 'bank'].map(compare);
const sum = (name) => sums.reduce((n, row) => n + row[name], 0);

console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') ? 1 : 0);
