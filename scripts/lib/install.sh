# Installs what is missing, and only that. Sourced by scripts/run and scripts/test.
#
#   imp_install STAGE…   stages of scripts/lib/packages
#
# Debian 12, Debian 13 and Ubuntu 24.04. Elsewhere it installs nothing and says what is needed.

imp_lib=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
imp_sources_dir=${IMP_SOURCES_DIR:-/etc/apt}
imp_backports=$imp_sources_dir/sources.list.d/imprimatur-backports.list

# One line for each argument.
imp_say() { printf '%s\n' "$@" >&2; }

imp_die() {
  imp_say "$@"
  exit 1
}

# As root: directly, through sudo where that asks nothing, or through sudo at a terminal.
imp_as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    sudo "$@"
  else
    return 77
  fi
}

imp_apt_get() {
  imp_as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Use-Pty=0 "$@" >&2
}

imp_codename() {
  # shellcheck source=/dev/null
  (. /etc/os-release && echo "${VERSION_CODENAME-}")
}

imp_has_package() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

imp_candidate() {
  LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -v '(none)'
}

# Whether apt would install it as things are. One that is known from another suite alone, such as
# backports, may not go with the libraries of this one.
imp_is_installable() {
  LC_ALL=C apt-get -q -y -s -o Debug::NoLocking=1 install --no-install-recommends "$1" >/dev/null 2>&1
}

# The version of the suite's package, whatever its priority.
imp_best_version() {
  LC_ALL=C apt-cache madison "$1" 2>/dev/null | awk -F'|' '{gsub(/ /, "", $2); print $2}' |
    sort -rV | head -n 1
}

# Prints the packages of the stages that are not there yet, one a line.
imp_missing() {
  local stage name names optional choice
  for stage in "$@"; do
    sed -n "s/#.*//; s/^$stage  *//p" "$imp_lib/packages"
  done | while read -r names; do
    optional=no
    case $names in *\?) optional=yes names=${names%\?} ;; esac
    choice=
    for name in ${names//|/ }; do
      if imp_has_package "$name"; then
        choice=
        continue 2
      fi
      [ -n "$choice" ] || [ -z "$(imp_candidate "$name")" ] || choice=$name
    done
    if [ $optional = yes ] && [ -n "$choice" ] && ! imp_is_installable "$choice"; then
      continue
    elif [ -n "$choice" ]; then
      echo "$choice"
    elif [ $optional = no ]; then
      echo "${names%%|*}"
    fi
  done | sort -u
}

# SQLCipher from the suite that a file in scripts/ may name, at the mirror that this machine uses.
imp_add_backports() {
  local line
  [ "$(imp_codename)" = bookworm ] || return 0
  if imp_has_package libsqlcipher-dev &&
    dpkg --compare-versions "$(dpkg-query -W -f='${Version}' libsqlcipher-dev)" ge 4.5; then
    return 0
  fi
  if dpkg --compare-versions "$(imp_best_version libsqlcipher-dev)" ge 4.5; then return 0; fi
  line=$(imp_backports_line)
  [ -n "$line" ] ||
    imp_die "No apt source of this machine names Debian's bookworm main, so its mirror is not known." \
      "Add the suite bookworm-backports yourself: it holds SQLCipher 4.5 or newer."
  if [ ! -e "$imp_backports" ]; then
    imp_say "Adding bookworm-backports of this machine's own mirror, for SQLCipher: $imp_backports"
    printf '%s\n' "$line" | imp_as_root tee "$imp_backports" >/dev/null ||
      imp_die "Cannot write $imp_backports. As root, put this line there:" "  $line"
  fi
  imp_apt_get update || true
}

# Prints the one line of the backports file, or nothing where no source names the suite.
imp_backports_line() {
  local mirror keyring files=() file
  for file in "$imp_sources_dir/sources.list" "$imp_sources_dir"/sources.list.d/*.list \
    "$imp_sources_dir"/sources.list.d/*.sources; do
    if [ -r "$file" ]; then files+=("$file"); fi
  done
  [ ${#files[@]} -gt 0 ] || return 0
  read -r mirror keyring < <(awk -v suite=bookworm -f "$imp_lib/apt-mirror.awk" "${files[@]}") ||
    [ -n "$mirror" ] || return 0
  echo "deb ${keyring:+[signed-by=$keyring] }$mirror bookworm-backports main"
}

# SQLCipher by its suite where a plain install would take the old one.
imp_versioned() {
  local package
  for package in "$@"; do
    if [ "$package" = libsqlcipher-dev ] &&
      dpkg --compare-versions "$(imp_candidate libsqlcipher-dev)" lt 4.5; then
      echo libsqlcipher-dev/bookworm-backports
    else
      echo "$package"
    fi
  done
}

imp_install() {
  local missing package unknown=no
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    imp_say "No apt here: this is not Debian or Ubuntu, so nothing is installed. Needed, by Debian's names:" \
      "  $(sed -n 's/#.*//; s/^[a-z]\{1,\}  *//p' "$imp_lib/packages" | tr -d '?' | sort -u | xargs)"
    return 0
  fi
  # The database library counts as missing while it is too old.
  mapfile -t missing < <(imp_missing "$@")
  if imp_has_package libsqlcipher-dev && [[ " $* " = *" build "* ]] &&
    dpkg --compare-versions "$(dpkg-query -W -f='${Version}' libsqlcipher-dev)" lt 4.5; then
    missing+=(libsqlcipher-dev)
  fi
  if [ ${#missing[@]} -eq 0 ]; then return 0; fi
  imp_say "Missing: ${missing[*]}"
  if ! imp_as_root true; then
    imp_say "This needs root or sudo. As root, run this once, then this script again:"
    imp_die "$(imp_by_hand "${missing[@]}")"
  fi
  for package in "${missing[@]}"; do
    [ -n "$(imp_candidate "$package")" ] || unknown=yes
  done
  if [ $unknown = yes ]; then
    imp_apt_get update || true
    mapfile -t missing < <(imp_missing "$@")
  fi
  case " ${missing[*]} " in *" libsqlcipher-dev "*) imp_add_backports ;; esac
  mapfile -t missing < <(imp_versioned "${missing[@]}")
  if ! imp_apt_get install --no-install-recommends "${missing[@]}"; then
    # Lists may be older than the mirror.
    imp_apt_get update || true
    imp_apt_get install --no-install-recommends "${missing[@]}" ||
      imp_die "These packages could not be installed (is there a network?). Install them by hand:" \
        "  apt-get install --no-install-recommends ${missing[*]}"
  fi
}

# The commands that a person with root has to run instead.
imp_by_hand() {
  local packages=" $* "
  if [[ $packages = *" libsqlcipher-dev "* ]] && [ "$(imp_codename)" = bookworm ]; then
    packages=${packages/ libsqlcipher-dev / libsqlcipher-dev/bookworm-backports }
    if [ ! -e "$imp_backports" ]; then
      echo "  echo '$(imp_backports_line)' >$imp_backports"
    fi
  fi
  echo "  apt-get update"
  echo "  apt-get install --no-install-recommends$packages"
}
