// Takes the picture of a report that the README shows: an exam sat here, by a candidate who
// knows some domains better than others, at a calm pace.
//
//   node screenshot.mjs PROCTOR NODE_MODULES WORK PNG
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { run, sit } from './sit.mjs';

const [proctor, modules, work, png] = process.argv.slice(2);
const puppeteer = createRequire(pathToFileURL(`${modules}/x.js`))('puppeteer-core');
const BANK = 'question_banks/aws-mle';
const WIDTH = 1280, HEIGHT = 1100;
const KNOWN = { 1: 0.85, 2: 0.75, 3: 0.45, 4: 0.7 }; // share of each domain
const BEGAN_MS = Date.parse('2026-11-20T09:30:00Z');

// Chance that is the same in every run.
let seed = 14;
function roll() {
	seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
	return seed / 2 ** 32;
}

const questions = new Map(readdirSync(`${BANK}/questions`)
	.flatMap((file) => JSON.parse(readFileSync(`${BANK}/questions/${file}`)).questions)
	.map((question) => [question.stem, question]));

function key(shown, question) {
	const letters = new Map(question.options.map((option) =>
		[option.id, shown.options.find((one) => one.text === option.text).letter]));
	if (question.prompts)
		return { pairs: Object.fromEntries(question.prompts.map((prompt, i) => [i + 1, letters.get(prompt.match)])) };
	const right = question.options.filter((option) => option.correct || option.position);
	right.sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
	return { letters: right.map((option) => letters.get(option.id)) };
}

function answer(shown) {
	const question = questions.get(shown.stem);
	const domain = question.objectives.find((one) => one.startsWith('mla-c01:')).split(':')[1][0];
	const at = { do: 'respond', number: shown.number };
	const right = key(shown, question);

	if (roll() < KNOWN[domain])
		return [{ ...at, ...right }];
	if (right.pairs)
		return [{ ...at, pairs: { ...right.pairs, 1: shown.options.find((one) => one.letter !== right.pairs[1]).letter } }];
	const wrong = shown.options.map((one) => one.letter).filter((letter) => !right.letters.includes(letter));
	return [{ ...at, letters: [wrong[0] ?? right.letters[1], ...right.letters.slice(1)] }];
}

// The clock of a sitting cannot be hurried: its times are put in afterwards.
function setTimes(state, session) {
	const database = `${state}/proctor/proctor.db`;
	const of = `WHERE session = '${session}'`;
	execFileSync('sqlite3', [database, `
		UPDATE events SET used_ms = number * 52000 + number * 7919 % 30000 ${of};
		UPDATE sessions SET began_ms = ${BEGAN_MS},
			used_ms = (SELECT max(used_ms) FROM events ${of}) WHERE id = '${session}';`], { timeout: 60000 });
}

rmSync(work, { recursive: true, force: true });
const state = `${work}/state`;
const { session } = sit(proctor, state, ['exam', '--bank', BANK, '--jsonl', '--seed', 'readme'], answer);
setTimes(state, session);
const file = `${work}/report.html`;
writeFileSync(file, run(proctor, state, ['report', '--format', 'html', session]));

const browser = await puppeteer.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, timeout: 120000, protocolTimeout: 120000,
	args: ['--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});
try {
	const page = await browser.newPage();
	await page.setViewport({ width: WIDTH, height: HEIGHT });
	await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
	await page.goto(pathToFileURL(file).href);
	await page.screenshot({ path: png });
} finally {
	await browser.close();
}
