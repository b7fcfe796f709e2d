#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The steps of a pipeline for a service in containers: update.sh lint|build|push|update ... README.md has the variables.
set -euo pipefail

smo=${SMO:-smo}
tool=${CONTAINER_TOOL:-docker}

fail() {
  echo "update.sh: $1" >&2
  exit "${2:-1}"
}

need() {
  local name
  for name in "$@"; do
    [[ -n ${!name:-} ]] || fail "the variable $name is missing" 64
  done
}

lint() {
  need CONTAINERS_FILE
  "$smo" containers lint "$CONTAINERS_FILE"
}

build() {
  need IMAGE
  "$tool" build --tag "$IMAGE" "${CONTEXT:-.}"
}

push() {
  need IMAGE
  if [[ -n ${REGISTRY_PASSWORD:-} ]]; then
    need REGISTRY REGISTRY_USER
    # by standard input: arguments are seen by everybody on the machine
    "$tool" login --username "$REGISTRY_USER" --password-stdin "$REGISTRY" <<<"$REGISTRY_PASSWORD"
  fi
  # shellcheck disable=SC2086 # several options
  "$tool" push ${PUSH_OPTIONS:-} "$IMAGE"
}

update() {
  need SERVICE IMAGE SMO_URL SMO_TOKEN_FILE
  local end=$((SECONDS + ${WAIT_SECONDS:-600}))
  "$smo" containers update "$SERVICE" --image "$IMAGE"
  until updated; do
    ((SECONDS < end)) || fail "$SERVICE does not run $IMAGE alone; what it says: $smo explain containers/$SERVICE $SERVICE"
    sleep 2
  done
  echo "$SERVICE runs $IMAGE"
}

# Whether all containers run the image and are healthy. One that failed is rolled back by the SMO, and the wait ends.
updated() {
  local shown images health
  shown=$("$smo" containers show "$SERVICE" --json) || return 1
  case $shown in
    *'"phase":"failed"'* | *'"phase":"aborted"'*)
      fail "the update of $SERVICE to $IMAGE was taken back: $(grep -o '"message":"[^"]*"' <<<"$shown" | head -n 1)"
      ;;
    # at zero: the first container that comes has the image
    *'"container_count":0,'*) [[ $shown == *'"phase":"done"'* ]] && return 0 ;;
  esac
  images=$(grep -o '"image":"[^"]*"' <<<"$shown" | sort -u)
  health=$(grep -o '"health":"[^"]*"' <<<"$shown" | sort -u)
  [[ $images == "\"image\":\"$IMAGE\"" && $health == '"health":"healthy"' ]]
}

(($#)) || fail "expected lint, build, push, update, or several of them" 64
for step in "$@"; do
  case $step in
    lint | build | push | update) "$step" ;;
    *) fail "$step is no step: lint, build, push, update" 64 ;;
  esac
done
