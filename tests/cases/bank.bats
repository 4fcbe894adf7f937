#!/usr/bin/env bats
load common

@test "the shipped bank is good by the built-in key" {
	try "$PROCTOR" bank verify
	[ "$status" = 0 ]
	[[ $out == *"signed by   48E9825989F14B3C (built in)"* ]]
	[[ $out == *"good: signature and every file"* ]]
}

@test "minisign agrees with us about the shipped bank" {
	echo 'RWQ8S/GJWYLpSGjJ7f4RgzwZGBdSIxuW3rjwGYSIkEj7mVqvsy5pWona' >key
	minisign -V -H -P "$(cat key)" -m "$ROOT/question_banks/aws-mle/bank.json"
}

@test "the bank has what its blueprints need" {
	try "$PROCTOR" bank show
	[ "$status" = 0 ]
	for blueprint in mla-c01 mla-c02 mla-c02-beta; do
		[[ $out == *"blueprint   $blueprint"* ]]
	done
	[[ $out != *explanation* ]]
}

@test "a question shows its key only when asked" {
	id=$(jq -r '.questions[0].id' "$ROOT/question_banks/aws-mle/questions/1.1-ingest-and-store.json")
	try "$PROCTOR" bank show "$id"
	[ "$status" = 0 ]
	[[ $out != *correct* ]]
	try "$PROCTOR" bank show --answers "$id"
	[[ $out == *'"correct": true'* || $out == *'"position"'* || $out == *'"match"'* ]]
	try "$PROCTOR" bank show nothing
	refused 2 'no question "nothing"'
}

@test "a changed byte in any file is refused" {
	copy_bank
	for file in bank/bank.json bank/questions/*.json bank/blueprints/*.json; do
		cp "$file" kept
		printf X | dd of="$file" bs=1 seek=100 conv=notrunc status=none
		try "$PROCTOR" exam
		refused 3 "$(basename "$file")"
		cp kept "$file"
	done
	try "$PROCTOR" bank verify bank
	[ "$status" = 0 ]
}

@test "a missing file is refused by name" {
	copy_bank
	rm bank/questions/2.1-*.json
	try "$PROCTOR" exam
	refused 3 "missing"
}

@test "an unsigned bank is refused unless allowed for this run" {
	copy_bank
	rm bank/bank.json.minisig
	try "$PROCTOR" exam
	refused 3 "--allow-unsigned"
	try "$PROCTOR" exam --allow-unsigned --jsonl </dev/null
	[ "$status" = 0 ]
	[ "$(echo "$out" | head -1 | jq .bank.signed_by)" = null ]
}

@test "a signature by a key nobody trusts is refused" {
	copy_bank
	install -m 600 "$ROOT/tests/vectors/minisign/plain.key" key
	try "$PROCTOR" bank sign bank -s key
	[ "$status" = 0 ]
	try "$PROCTOR" exam
	refused 3 "bank.json.minisig"
	try "$PROCTOR" exam --key "$ROOT/tests/vectors/minisign/plain.pub" --jsonl </dev/null
	[ "$status" = 0 ]
	minisign -V -H -p "$ROOT/tests/vectors/minisign/plain.pub" -m bank/bank.json
}

@test "a key that others may read signs nothing" {
	copy_bank
	install -m 644 "$ROOT/tests/vectors/minisign/plain.key" key
	try "$PROCTOR" bank sign bank -s key
	refused 3 "chmod 600"
}

@test "malformed JSON is answered with line and column" {
	copy_bank
	install -m 600 "$ROOT/tests/vectors/minisign/plain.key" key
	printf '{\n  "format": "proctor-questions/1",\n  "questions": [ }\n}\n' >bank/questions/9.json
	cp bank/bank.json before
	try "$PROCTOR" bank sign bank -s key
	refused 1 "questions/9.json:3:18"
	cmp bank/bank.json before
}

@test "a blueprint that cannot be met says what is missing" {
	copy_bank
	install -m 600 "$ROOT/tests/vectors/minisign/plain.key" key
	printf '{"format":"proctor-questions/1","questions":[]}' >empty
	for file in bank/questions/*.json; do cp empty "$file"; done
	"$PROCTOR" bank sign bank -s key
	try "$PROCTOR" exam --key "$ROOT/tests/vectors/minisign/plain.pub"
	refused 1 "domain 1 needs 18, 0 can be drawn"
}

@test "a blueprint nobody has is a wrong word on the command line" {
	try "$PROCTOR" exam az-400
	refused 2 "az-400"
}

@test "where there are several banks, one must be named" {
	mkdir banks
	cp -r "$ROOT/question_banks/aws-mle" banks/one
	cp -r "$ROOT/question_banks/aws-mle" banks/two
	export PROCTOR_BANKS="$PWD/banks"
	try "$PROCTOR" exam
	refused 2 "several banks"
	try "$PROCTOR" exam mla-c02
	refused 2 "several banks with that blueprint"
	try "$PROCTOR" exam --bank banks/two --jsonl </dev/null
	[ "$status" = 0 ]
	try "$PROCTOR" exam --bank "$HOME"
	refused 2 "there is no bank"
}

@test "a refused bank is told about where another one serves" {
	mkdir banks
	cp -r "$ROOT/question_banks/aws-mle" banks/one
	cp -r "$ROOT/question_banks/aws-mle" banks/aws-mle
	rm banks/one/bank.json.minisig
	export PROCTOR_BANKS="$PWD/banks"
	try "$PROCTOR" exam mla-c02 --jsonl </dev/null
	[ "$status" = 0 ]
	[[ $err == *"banks/one"*"not signed"* ]]
	try "$PROCTOR" exam az-400
	refused 3 "not signed"
}

@test "the list tells of a bank that is refused" {
	copy_bank
	rm bank/bank.json.minisig
	try "$PROCTOR" bank list
	[ "$status" = 0 ]
	[[ $out == "refused: "*"not signed"* ]]
}
