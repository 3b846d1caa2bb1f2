#!/bin/sh
# Finds a Chromium for the browser tests, or installs Debian's where this is a Debian and we are root.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu-core; } >/dev/null 2>&1 && exit 0
fi
echo "No Chromium found: the browser tests will say so and skip. Install chromium to run them."
