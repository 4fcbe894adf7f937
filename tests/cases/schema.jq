# What is wrong with the input by the JSON Schema $schema: "path: why", one a line. As much of
# 2020-12 as our schemas use; a keyword beyond that is an error, so that none is passed over.

def known: ["$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples",
	"$ref", "type", "const", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength",
	"minItems", "maxItems", "minProperties", "properties", "required",
	"additionalProperties", "propertyNames", "items", "anyOf"];

def kind: if type == "number" and . == floor then "integer" else type end;

def is_a($types): kind as $k | $types | if type == "array" then . else [.] end
	| any(. == $k or (. == "number" and $k == "integer"));

def check($s; $at):
	. as $v
	| ($s | keys - known | select(length > 0) | "\($at): the schema has an unknown \(.)"),
	(if $s["$ref"] then check($schema | getpath($s["$ref"] | ltrimstr("#/") / "/"); $at) else empty end),
	(if $s.type and (is_a($s.type) | not) then "\($at): is \(kind), not \($s.type)" else empty end),
	(if ($s | has("const")) and $v != $s.const then "\($at): is not \($s.const)" else empty end),
	(if $s.enum and ($s.enum | index([$v]) | not) then "\($at): \($v) is none of \($s.enum)" else empty end),
	(if $s.anyOf and ([$s.anyOf[] as $one | [$v | check($one; $at)] | length] | index(0) | not)
		then "\($at): \($v) fits none of anyOf" else empty end),
	(if type == "string" then
		(if $s.pattern and (test($s.pattern) | not) then "\($at): \($v) is not \($s.pattern)" else empty end),
		(if length < ($s.minLength // 0) or length > ($s.maxLength // infinite) then "\($at): length \(length)" else empty end)
	elif type == "number" then
		(if ($s | has("minimum")) and . < $s.minimum or ($s | has("maximum")) and . > $s.maximum
			then "\($at): \(.) is out of range" else empty end)
	elif type == "array" then
		(if length < ($s.minItems // 0) or length > ($s.maxItems // infinite) then "\($at): \(length) items" else empty end),
		(if $s.items then range(length) as $i | .[$i] | check($s.items; "\($at)[\($i)]") else empty end)
	elif type == "object" then
		(if length < ($s.minProperties // 0) then "\($at): \(length) members" else empty end),
		(($s.required // []) - keys | .[] | "\($at): \(.) is missing"),
		(to_entries[] | . as {$key, $value}
			| ($s.properties // {})[$key] as $own
			| (if $s.propertyNames then $key | check($s.propertyNames; "\($at).\($key)") else empty end),
			(if $own then $value | check($own; "\($at).\($key)")
			elif $s.additionalProperties == false then "\($at): \($key) is not in the schema"
			elif $s.additionalProperties then $value | check($s.additionalProperties; "\($at).\($key)")
			else empty end))
	else empty end);

check($schema; "$")
