# Sourced by box/run, tests/run and tests/bench: finds Java and Maven, or says what to install.

java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
java_home=''
java_version=0 # the major one

fail() {
  echo "$1" >&2
  exit 2
}

# A file of the JDK is read, since asking java itself costs 50 ms at each start.
need_java() {
  local path release words
  path=$(command -v "$java") ||
    fail 'No Java was found: install a JDK, 17 or newer, with "apt-get install openjdk-17-jdk-headless".'
  java_home=$(dirname "$(dirname "$(readlink -f "$path")")")
  if [[ -r $java_home/release ]]; then
    release=$(<"$java_home/release")
    words=${release#*JAVA_VERSION=\"}
  else
    words=$("$java" -version 2>&1)
    words=${words#*version \"}
  fi
  java_version=${words%%[!0-9]*}
  ((java_version >= 17)) ||
    fail "Java ${words%%\"*} is too old: install a JDK, 17 or newer, with \"apt-get install openjdk-17-jdk-headless\"."
}

# To build: a whole JDK, not only what runs Java, and Maven.
need_jdk_and_maven() {
  local version major minor
  need_java
  [[ -x $java_home/bin/javac ]] ||
    fail "This Java ($java_home) has no compiler: install a JDK with \"apt-get install openjdk-17-jdk-headless\"."
  command -v mvn >/dev/null ||
    fail 'No Maven was found: install it, 3.8 or newer, with "apt-get install maven".'
  version=$(mvn --batch-mode --version | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
  IFS=. read -r major minor _ <<<"$version"
  ((major > 3 || (major == 3 && minor >= 8))) ||
    fail "Maven $version is too old: install 3.8 or newer with \"apt-get install maven\"."
}
