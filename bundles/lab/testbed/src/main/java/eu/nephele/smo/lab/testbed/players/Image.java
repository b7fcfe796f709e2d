// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.players;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Behaviour of a container by the tag of its image, the only field that can carry it here. */
enum Image {
    /** Starts after a while and is ready. */
    GOOD,
    /** Starts after a long while and is ready. */
    SLOW,
    /** Cannot be pulled. */
    BROKEN,
    /** Ends again and again before it is ready. */
    CRASH,
    /** Runs and is never ready. */
    NEVERREADY;

    /** The first of its containers that is not good. */
    static Image from(JsonNode pod) {
        for (JsonNode container : pod.path("spec").path("containers")) {
            String image = container.path("image").asText();
            String tag = image.substring(image.lastIndexOf(':') + 1).toUpperCase(Locale.ROOT);
            for (Image known : values()) {
                if (known != GOOD && known.name().equals(tag)) {
                    return known;
                }
            }
        }
        return GOOD;
    }

    boolean becomesReady() {
        return this == GOOD || this == SLOW;
    }
}
