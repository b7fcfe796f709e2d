// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sets of clusters of a test bed. */
public enum WorldKind {
    /** None: registry and monitoring only. */
    NONE,
    /** A control plane with the kinds of Karmada, whose controllers are played, and its members. */
    KARMADA,
    CONTEXTS;

    static WorldKind of(String text) {
        for (WorldKind kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("--world %s: expected one of %s"
                .formatted(text, Arrays.stream(values()).map(WorldKind::text).collect(Collectors.joining(", "))));
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
