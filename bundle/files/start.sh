#!/bin/sh
# Runs the site; what it keeps is in the folder "hashar-data" beside this file. Ctrl-C stops it.
set -eu
cd "$(dirname "$0")"
exec hashar/bin/hashar serve --data hashar-data
