# Sourced by tests/run and tests/bench: installs Debian packages for commands that are missing.

# need_packages command:package …
need_packages() {
  local pair missing=() as_root=()
  for pair in "$@"; do
    PATH=$PATH:/usr/sbin command -v "${pair%%:*}" >/dev/null || missing+=("${pair#*:}")
  done
  ((${#missing[@]})) || return 0
  echo "The tests need ${missing[*]}; installing from the system's packages …" >&2
  if ((EUID != 0)); then
    as_root=(sudo -n)
  fi
  if ! install_packages "${missing[@]}" >&2; then
    fail "Could not install ${missing[*]}: do so as root with \"apt-get install ${missing[*]}\", then run this again."
  fi
}

install_packages() {
  local try=(${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
  command -v apt-get >/dev/null || return 1
  "${try[@]}" install -y --no-install-recommends "$@" </dev/null 2>/dev/null && return 0
  "${try[@]}" update </dev/null && "${try[@]}" install -y --no-install-recommends "$@" </dev/null
}
