// Finished sessions to look at, sat through the jsonl front end.
import { spawnSync } from 'node:child_process';

const LIMIT_MS = 60000;

// Runs the program; what it wrote to standard output.
export function run(proctor, state, args, input = '') {
	const done = spawnSync(proctor, args, {
		input, encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: 1 << 26,
		env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC',
			XDG_STATE_HOME: state, XDG_CONFIG_HOME: `${state}/config` },
	});
	if (done.status !== 0)
		throw new Error(`proctor ${args.join(' ')}: ${done.error ?? done.stderr}`);
	return done.stdout;
}

const lines = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));

// An answer to a question, varied by its number: often A, sometimes none.
function answer(question) {
	const letters = question.options.map((option) => option.letter);
	const at = { do: 'respond', number: question.number };

	if (question.number % 11 === 5)
		return [];
	if (question.type === 'matching')
		return [{ ...at, pairs: Object.fromEntries(
			question.prompts.map((prompt, i) => [i + 1, letters[i % letters.length]])) }];
	const first = question.number % letters.length;
	const turned = [...letters.slice(first), ...letters.slice(0, first)];
	const level = ['sure', 'unsure', 'guess'][question.number % 3];
	return [
		{ ...at, letters: letters.slice(0, question.choose ?? 1) },
		{ ...at, letters: question.type === 'ordering' ? turned.slice(0, question.choose)
			: turned.slice(0, question.choose ?? 1).sort() },
		{ do: 'confidence', number: question.number, level },
		{ do: 'flag', number: question.number, on: question.number % 4 === 0 },
	];
}

// Sits a session whole; the seed makes it the same in folders of their own, to see the
// questions, and in the one that is kept. `answered` gives what to say to a question.
export function sit(proctor, state, args, answered = answer) {
	const begun = lines(run(proctor, `${state}-seen`, args, '{"do":"status"}\n'))[0];
	const numbers = Array.from({ length: begun.questions }, (_, i) => i + 1);
	const going = numbers.map((number) => ({ do: 'goto', number }));
	const seen = run(proctor, `${state}-seen-again`, args, going.map((line) => JSON.stringify(line)).join('\n') + '\n');
	const questions = new Map(lines(seen).filter((line) => line.is === 'question')
		.map((question) => [question.number, question]));
	const input = numbers.flatMap((number) =>
		[{ do: 'goto', number }, ...answered(questions.get(number))]);
	const out = lines(run(proctor, state, args,
		[...input, { do: 'submit' }].map((line) => JSON.stringify(line)).join('\n') + '\n'));
	const wrong = out.find((line) => line.is === 'error');
	if (wrong)
		throw new Error(`proctor ${args.join(' ')}: ${wrong.message}`);
	return out.at(-1);
}
