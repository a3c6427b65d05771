# The dashboard in a browser.

browser() { project=examples/pom.xml verify -Pbrowser,untested "$@"; }
