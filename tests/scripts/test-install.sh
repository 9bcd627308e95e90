#!/bin/bash
# The mirror for backports is the one that the machine's own sources name, however they are written.
#   test-install.sh SCRIPTS_LIB
set -u
. "$1/install.sh"

n=0 bad=0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# case NAME EXPECTED : what imp_backports_line makes of the sources under $folder
case_is() {
  local got
  imp_sources_dir=$folder
  got=$(imp_backports_line)
  n=$((n + 1))
  if [ "$got" = "$2" ]; then
    echo "ok $n $1"
  else
    echo "not ok $n $1"
    echo "# expected: $2"
    echo "# got:      $got"
    bad=1
  fi
  rm -rf "${folder:?}"/*
  mkdir "$folder/sources.list.d"
}
mkdir "$folder/sources.list.d"

cat >"$folder/sources.list" <<'END'
# deb http://commented.example/debian bookworm main
deb-src http://source.example/debian bookworm main
deb http://security.example/debian-security bookworm-security main
deb http://first.example/debian bookworm contrib main # archive
deb http://second.example/debian bookworm main
END
case_is one-line 'deb http://first.example/debian bookworm-backports main'

cat >"$folder/sources.list" <<'END'
deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] https://one.example/debian/ bookworm main non-free
END
case_is one-line-with-options \
  'deb [signed-by=/usr/share/keyrings/k.gpg] https://one.example/debian/ bookworm-backports main'

cat >"$folder/sources.list.d/debian.sources" <<'END'
Types: deb
# a remark inside
URIs: http://security.example/debian-security
Suites: bookworm-security
Components: main

Types: deb deb-src
URIs: http://site.example/mirror/debian http://spare.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
END
case_is deb822 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://site.example/mirror/debian bookworm-backports main'

cat >"$folder/sources.list.d/a.sources" <<'END'
Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
END
cat >"$folder/sources.list.d/b.sources" <<'END'
types: deb
uris: http://folded.example/debian
suites:
 bookworm-updates
 bookworm
components: contrib
 main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mDMEZz
 -----END PGP PUBLIC KEY BLOCK-----
END
case_is deb822-disabled-folded-inline-key 'deb http://folded.example/debian bookworm-backports main'

cat >"$folder/sources.list.d/other.list" <<'END'
deb https://vendor.example/apt tools-bookworm main
deb https://vendor.example/debian trixie main
END
case_is no-mirror-is-known ''
case_is no-sources-at-all ''
echo "1..$n"
exit $bad
