#!/usr/bin/env bats
load common

@test "the schemas in docs are those of the program" {
	for name in bank questions blueprint; do
		"$PROCTOR" bank schema $name | cmp - "$ROOT/docs/schema/$name.schema.json"
	done
	"$PROCTOR" bank schema | cmp - "$ROOT/docs/schema/bank.schema.json"
	try "$PROCTOR" bank schema questoins
	refused 2 'no schema "questoins"'
}

@test "the bank's schema holds what the other two say" {
	cp -r "$ROOT/docs/schema" schema
	"$ROOT/scripts/make-schemas" schema
	diff -r schema "$ROOT/docs/schema"
}

@test "the schemas' own examples lint without an error" {
	for name in questions blueprint; do
		"$PROCTOR" bank schema $name | jq -c '.examples[0]' >example.json
		try "$PROCTOR" bank lint --format gcc example.json
		[ "$status" = 0 ] || { echo "$name: $out"; return 1; }
	done
	mkdir -p bank/questions bank/blueprints
	"$PROCTOR" bank schema bank | jq '.examples[0]' >bank/bank.json
	"$PROCTOR" bank schema questions | jq '.examples[0]' >bank/questions/files.json
	"$PROCTOR" bank schema blueprint | jq '.examples[0]' >bank/blueprints/shell-1.json
	try "$PROCTOR" bank lint --format gcc bank
	[ "$status" = 0 ] || { echo "$out"; return 1; }
}

@test "every field a schema names is explained in bank-format.md" {
	jq -r '.. | .properties? // empty | keys[]' "$ROOT"/docs/schema/*.json | sort -u |
		while read -r field; do
			grep -qF "\`$field\`" "$ROOT/docs/bank-format.md" || { echo "no $field"; exit 1; }
		done
}

@test "a member for editors may stand in each kind of file" {
	for name in bank questions blueprint; do
		"$PROCTOR" bank schema $name | jq '.examples[0] + {"$schema": "x.json"}' >with.json
		try "$PROCTOR" bank lint --select unknown-field with.json
		[ "$status" = 0 ] || { echo "$name: $out"; return 1; }
	done
}
