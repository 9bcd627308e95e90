# Prints "URI KEYRING" (keyring may be empty) for the mirror from which this machine already takes
# SUITE's main component. Reads one-line lists and deb822 .sources files alike; the first that
# fits wins. Security archives name their suites differently and never match.
#   awk -v suite=bookworm -f apt-mirror.awk FILE…

function flush_stanza(   i, n, list, fits_suite, fits_main) {
  if (types ~ /(^| )deb( |$)/ && enabled !~ /^(no|false|0)$/) {
    n = split(suites, list, " ")
    for (i = 1; i <= n; i++) if (list[i] == suite) fits_suite = 1
    n = split(components, list, " ")
    for (i = 1; i <= n; i++) if (list[i] == "main") fits_main = 1
    split(uris, list, " ")
    if (fits_suite && fits_main) report(list[1], keyring)
  }
  types = suites = components = uris = keyring = field = enabled = ""
}

function report(uri, key) {
  if (uri == "" || found) return
  found = 1
  print uri, (key ~ /^\//) ? key : ""
}

FNR == 1 { flush_stanza(); deb822 = FILENAME ~ /\.sources$/ }
/^[ \t]*#/ { next }

deb822 && /^[ \t]*$/ { flush_stanza(); next }
deb822 {
  line = $0
  if (line ~ /^[A-Za-z-]+:/) {
    field = tolower(substr(line, 1, index(line, ":") - 1))
    line = substr(line, index(line, ":") + 1)
  }
  gsub(/^[ \t]+|[ \t]+$/, "", line)
  gsub(/[ \t]+/, " ", line)
  if (field == "types") types = types " " line
  else if (field == "suites") suites = suites " " line
  else if (field == "components") components = components " " line
  else if (field == "uris") uris = uris " " line
  else if (field == "enabled") enabled = tolower(line)
  else if (field == "signed-by" && keyring == "") keyring = line
  next
}

$1 == "deb" {
  line = $0
  sub(/^[ \t]*deb[ \t]+/, "", line)
  key = ""
  if (line ~ /^\[/) {
    options = substr(line, 2, index(line, "]") - 2)
    line = substr(line, index(line, "]") + 1)
    n = split(options, option, " ")
    for (i = 1; i <= n; i++) if (option[i] ~ /^signed-by=/) key = substr(option[i], 11)
  }
  sub(/#.*/, "", line)
  n = split(line, word, " ")
  for (i = 3; i <= n; i++) if (word[2] == suite && word[i] == "main") report(word[1], key)
}

END { flush_stanza() }
