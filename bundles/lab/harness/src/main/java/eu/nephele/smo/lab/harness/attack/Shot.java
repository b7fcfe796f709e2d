// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import java.util.List;
import java.util.Optional;

/**
 * Bytes for one connection, and the acceptable answers.
 *
 * @param what it tries, for people
 * @param method of the request, which says whether its answer has a body
 * @param pauseMillis between two parts
 * @param made path of what exists if the answer is 2xx, to be removed again
 */
record Shot(String what, String method, List<byte[]> parts, int pauseMillis, Demand demand, Optional<String> made) {

    enum Demand {
        /** a complete answer */
        ANSWER,
        /** a complete answer that is not 2xx */
        REFUSAL,
        /** a complete answer that says that the request is not taken or that its sender may not: 400, 401 or 403 */
        DENIAL,
        /** a complete answer, or the end of the connection: the request is none, or its sender has gone */
        END
    }

    Shot {
        parts = List.copyOf(parts);
    }

    static Shot create(String what, String method, Demand demand, byte[] bytes) {
        return new Shot(what, method, List.of(bytes), 0, demand, Optional.empty());
    }

    Shot making(String path) {
        return new Shot(what, method, parts, pauseMillis, demand, Optional.of(path));
    }

    boolean isSlow() {
        return pauseMillis > 0;
    }
}
