#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Packs the charts and the descriptor of the Brussels demo and pushes them: push.sh HOST:PORT (plain HTTP).
# The pushed descriptor names the charts in that registry.
set -euo pipefail

[[ $# == 1 ]] || { printf 'Usage: %s HOST:PORT\n' "$0" >&2; exit 64; }
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
exec "$here/../../smo" testbed push "$1" brussels \
  "$here"/charts/noise-reduction "$here"/charts/image-detection "$here"/charts/image-compression-vo "$here/hdag.yaml"
