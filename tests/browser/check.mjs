// Looks at the web pages in Chromium: axe-core, narrow and wide, light and dark; no scrolling
// sideways, nothing loaded, nothing said on the console; and on paper. And validates the JSON
// documents with ajv by their schemas in docs. Prints one line a failure and ends with
// "N passed, N failed".
//
//   node check.mjs PROCTOR NODE_MODULES WORK
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { run, sit } from './sit.mjs';

const [proctor, modules, work] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/x.js`));
const puppeteer = require('puppeteer-core');
const Ajv = require('ajv/dist/2020').default;
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const ALL_MS = 8 * 60000;
const ONE_MS = 120000;
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

let passed = 0, failed = 0;

function check(name, good, why = '') {
	if (good) {
		passed++;
		return;
	}
	failed++;
	console.log(`not ok: ${name}: ${why}`);
}

// ---- What there is to look at ----

function reports(state) {
	const bank = ['--bank', 'question_banks/aws-mle'];
	const hostile = ['--bank', 'tests/browser/hostile', '--allow-unsigned'];
	// The drill first: what it asks depends on what was sat before.
	const sessions = {
		drill: () => sit(proctor, state,
			['drill', ...bank, '--jsonl', '--seed', 'browser', '--task', '1.1', '--feedback', 'end']),
		exam: () => sit(proctor, state, ['exam', ...bank, '--jsonl', '--seed', 'browser']),
		empty: () => lastLine(run(proctor, state,
			['exam', ...bank, '--jsonl', '--seed', 'empty'], '{"do":"submit"}\n')),
		hostile: () => sit(proctor, state, ['exam', ...hostile, '--jsonl', '--seed', 'browser']),
	};
	return Object.entries(sessions).map(([name, sitting]) => ({ name, session: sitting().session }));
}

const lastLine = (text) => JSON.parse(text.trimEnd().split('\n').at(-1));

function write(name, text) {
	const file = `${work}/${name}`;
	writeFileSync(file, text);
	return file;
}

// The files: web pages by name, and documents.
function prepare() {
	const state = `${work}/state`;
	const pages = [], documents = [];

	pages.push({ name: 'no history', file: write('none.html', run(proctor, `${state}-none`, ['history', '--format', 'html'])) });
	for (const { name, session } of reports(state)) {
		const json = run(proctor, state, ['report', '--format', 'json', session]);
		documents.push({ name, kind: 'report', document: JSON.parse(json) });
		pages.push({ name, document: JSON.parse(json),
			file: write(`${name}.html`, run(proctor, state, ['report', '--format', 'html', session])) });
	}
	const exam = documents.find((one) => one.name === 'exam').document.session;
	pages.push({ name: 'expanded', file: write('expanded.html',
		run(proctor, state, ['report', '--format', 'html', '--expand', exam])) });
	pages.push({ name: 'history', file: write('history.html', run(proctor, state, ['history', '--format', 'html'])) });
	for (const [kind, args] of Object.entries({ trend: ['history', '--format', 'json'],
		history: ['history', '--export'],
		plan: ['plan', '--bank', 'question_banks/aws-mle', '--format', 'json'] }))
		documents.push({ name: kind, kind, document: JSON.parse(run(proctor, state, args)) });
	return { pages, documents };
}

// ---- On the screen ----

async function look(browser, { name, file }, width, scheme) {
	const page = await browser.newPage();
	const told = [], loaded = [];
	const what = `${name}, ${width} px, ${scheme}`;

	page.setDefaultTimeout(ONE_MS);
	page.on('console', (message) => told.push(message.text()));
	page.on('pageerror', (error) => told.push(String(error)));
	page.on('request', (request) => loaded.push(request.url()));
	await page.setViewport({ width, height: 900 });
	await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
	await page.goto(pathToFileURL(file).href);
	// What is closed is looked at too.
	await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	const scripts = await page.evaluate(() => document.querySelectorAll('script, iframe, object, img, link').length);
	check(`${what}: no scrolling sideways`, wide <= 0, `${wide} px too wide`);
	check(`${what}: nothing that runs or loads`, scripts === 0, `${scripts} elements`);
	check(`${what}: no request but the page`, loaded.length === 1, loaded.slice(1).join(' '));
	check(`${what}: a quiet console`, told.length === 0, told.join('; '));
	await page.evaluate(axe);
	const { violations } = await page.evaluate(
		(tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), TAGS);
	check(`${what}: axe-core`, violations.length === 0, violations.map(
		(one) => `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map((node) => node.html).join(' ')}`).join('; '));
	await page.close();
}

// Does the policy forbid what a page could be made to do, were there a hole in it?
async function tryPolicy(browser, { name, file }) {
	const page = await browser.newPage();

	page.setDefaultTimeout(ONE_MS);
	await page.goto(pathToFileURL(file).href);
	const stopped = await page.evaluate(async () => {
		const seen = [];
		document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
		const add = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set));
		add('script', { textContent: 'window.ran = true' });
		add('style', { textContent: 'body{display:none}' });
		add('img', { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' });
		for (let i = 0; i < 100 && seen.length < 3; i++)
			await new Promise((go) => setTimeout(go, 20));
		return { seen: seen.sort().join(' '), ran: window.ran === true };
	});
	check(`${name}: the policy holds`, !stopped.ran && stopped.seen === 'img-src script-src-elem style-src-elem',
		JSON.stringify(stopped));
	await page.close();
}

// ---- On paper ----

// Every question is told with key and id, although it is closed on the screen.
async function print(browser, { name, file, document }) {
	const page = await browser.newPage();
	const pdf = `${work}/${name}.pdf`;

	page.setDefaultTimeout(ONE_MS);
	await page.goto(pathToFileURL(file).href);
	await page.pdf({ path: pdf, format: 'A4', tagged: true, timeout: ONE_MS });
	await page.close();
	const options = { encoding: 'utf8', timeout: ONE_MS, maxBuffer: 1 << 26 };
	const text = execFileSync('pdftotext', ['-layout', pdf, '-'], options);
	const info = execFileSync('pdfinfo', [pdf], options);
	check(`${name} on paper: tagged`, /^Tagged: +yes$/m.test(info), info);
	check(`${name} on paper: a title`, /^Title: +\S/m.test(info), info);
	if (!document)
		return;
	const keys = text.match(/Key: /g)?.length ?? 0;
	check(`${name} on paper: every key`, keys === document.questions.length,
		`${keys} of ${document.questions.length}`);
	const bare = text.replace(/\s/g, '');
	const missing = document.questions.filter((question) => !bare.includes(question.id));
	check(`${name} on paper: every question`, missing.length === 0, missing.map((one) => one.id).join(' '));
}

async function browse(pages) {
	const browser = await puppeteer.launch({
		executablePath: CHROMIUM, headless: true, timeout: ONE_MS, protocolTimeout: ONE_MS,
		args: ['--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-sync',
			'--disable-background-networking', '--disable-component-update',
			...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
	});
	try {
		for (const page of pages) {
			for (const width of [320, 1280])
				for (const scheme of ['light', 'dark'])
					await look(browser, page, width, scheme);
			await tryPolicy(browser, page);
			await print(browser, page);
		}
	} finally {
		await browser.close();
	}
}

// ---- Documents ----

function validate(documents) {
	const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
	const valid = Object.fromEntries(['report', 'trend', 'history', 'plan'].map((kind) =>
		[kind, ajv.compile(JSON.parse(readFileSync(`docs/${kind}.schema.json`, 'utf8')))]));

	for (const { name, kind, document } of documents)
		check(`${name}: docs/${kind}.schema.json`, valid[kind](document), JSON.stringify(valid[kind].errors));
}

setTimeout(() => {
	console.log(`not ok: not done after ${ALL_MS / 60000} minutes`);
	console.log(`${passed} passed, ${failed + 1} failed`);
	process.exit(1);
}, ALL_MS).unref();

try {
	rmSync(work, { recursive: true, force: true });
	mkdirSync(work, { recursive: true });
	const { pages, documents } = prepare();
	validate(documents);
	await browse(pages);
} catch (error) {
	check('to the end', false, error.stack);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
