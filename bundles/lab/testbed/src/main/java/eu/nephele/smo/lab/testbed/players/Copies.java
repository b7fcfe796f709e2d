// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes a member have exactly the copies that are wanted there: what is not wanted any more is deleted at once. */
final class Copies {

    private final Round round;
    private final Map<String, Map<Kind, Map<String, Copy>>> wanted = new LinkedHashMap<>();
    private boolean whole = true;

    Copies(Round round) {
        this.round = round;
    }

    /** Something is not known: what is there and not wanted stays for this time. */
    void keepAll() {
        whole = false;
    }

    void want(String cluster, Copy copy) {
        wanted.computeIfAbsent(cluster, first -> new LinkedHashMap<>())
                .computeIfAbsent(copy.kind(), first -> new LinkedHashMap<>())
                .putIfAbsent(copy.key(), copy);
    }

    void bringTo(Member member) {
        Map<Kind, Map<String, Copy>> here = wanted.getOrDefault(member.name(), Map.of());
        for (Kind kind : Kind.TEMPLATES) {
            if (!member.copies(kind).synced()) {
                continue;
            }
            Map<String, Copy> ofKind = here.getOrDefault(kind, Map.of());
            ofKind.values().forEach(copy -> round.attempt(() -> apply(member, copy)));
            for (ObjectNode there : member.copies(kind).all()) {
                boolean ends = there.path("metadata").has("deletionTimestamp");
                if (whole && !ends && !ofKind.containsKey(Mirror.key(there))) {
                    round.attempt(() -> member.server().delete(kind, there.path("metadata"), 30));
                }
            }
        }
    }

    private static void apply(Member member, Copy copy) {
        var metadata = copy.object().path("metadata");
        Optional<ObjectNode> there = member.copy(
                copy.kind(),
                metadata.path("namespace").asText(),
                metadata.path("name").asText());
        boolean same = there.map(found -> found.path("metadata")
                        .path("annotations")
                        .path(Copy.DIGEST)
                        .asText())
                .filter(copy.digest()::equals)
                .isPresent();
        if (!same) {
            member.server().apply(copy.kind(), copy.object(), "karmada");
        }
    }
}
