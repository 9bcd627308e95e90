#!/bin/bash
# journey.sh SAMPLE OUT : one image from refusal to proven export, through imprimatur-cli.
#
# The register lives in a throw-away folder; the picture and its receipt stay in OUT. Everybody in
# it is invented.
set -euo pipefail

sample=$1
out=$2
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
export IMPRIMATUR_REGISTER=$desk/register.db IMPRIMATUR_KEY_FILE=$desk/key
(umask 077 && head -c 32 /dev/urandom >"$IMPRIMATUR_KEY_FILE")

step() { printf '\n== %s\n' "$*"; }
field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" | head -n 1; }

mkdir -p "$out"
picture=$(mktemp -u "$out/picture-XXXXXXXX.png")
receipt=${picture%.png}.receipt.json
# Answers to what the wizard asks for this use; a person at the desk gives them on screen.
answers=$desk/answers
imprimatur-cli questions --destination teaching-file --route consent --json |
  "$(dirname "$0")/answers" >"$answers"
release() {
  imprimatur-cli release "$sample/chest.dcm" --output "$picture" --receipt "$receipt" \
    --destination teaching-file --route consent --person "$person" \
    --box 0,0,512,46 --answers "$answers"
}

step "What the X-ray gives away (values stay masked)"
imprimatur-cli inspect "$sample/chest.dcm"

step "A register in a throw-away folder, and one person in it"
imprimatur-cli register init
imprimatur-cli register set local-policy-reference "Sample policy 1"
person=$(printf '{"number": "H204417", "name": "EXAMPLE^PERSON A", "born": "1957-11-22"}' |
  imprimatur-cli person add --from - --json | field id)
echo "Person $person"

step "Release to a teaching file: refused, as there is no consent"
code=0
release || code=$?
if [ $code -ne 3 ] || [ -e "$picture" ]; then
  echo "This should have been refused (exit status 3), and was not: $code" >&2
  exit 1
fi

step "The patient agrees, and that is recorded with its evidence"
imprimatur-cli permission add --person "$person" --level teaching-closed \
  --evidence signed-paper --given-by patient --given "$(date +%F)"

step "The same release again: name and number covered"
release

step "Is it flat, and without metadata?"
imprimatur-cli verify "$picture"

step "Is the record unbroken?"
imprimatur-cli ledger verify

printf '\nThe picture: %s\nIts receipt: %s\n' "$picture" "$receipt"
