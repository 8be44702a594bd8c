#!/usr/bin/env bash
# Makes the locks anew: everything by hash, nothing newer than the cool-down, no registry named.
#   scripts/lock.sh [YYYY-MM-DD]   (default: 14 days ago)
set -euo pipefail
cd "$(dirname "$0")/.."
cutoff=${1:-$(date -u -d '14 days ago' +%F)}
options=(--generate-hashes --universal --no-emit-index-url --no-annotate --no-header --python-version 3.11
  --exclude-newer "$cutoff" --quiet)
uv pip compile pyproject.toml --group build "${options[@]}" --output-file requirements/runtime.txt
uv pip compile pyproject.toml --group build --group test "${options[@]}" --constraints requirements/runtime.txt \
  --output-file requirements/test.txt
uv pip compile --group pyproject.toml:assets "${options[@]}" --output-file requirements/assets.txt
