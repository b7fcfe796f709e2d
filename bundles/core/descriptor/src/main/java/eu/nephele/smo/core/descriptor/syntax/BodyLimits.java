// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import eu.nephele.smo.core.contract.json.StrictJson;

/**
 * Limits of a body.
 *
 * @param depth nesting of objects and arrays, at most {@link StrictJson#MAX_DEPTH}
 */
public record BodyLimits(int bodyBytes, int depth, int nodes, int services) {

    private static final int LONGEST_TEXT = 256 * 1024;

    public BodyLimits {
        if (bodyBytes < 1 || nodes < 1 || services < 1) {
            throw new IllegalArgumentException("maxBodyBytes=%d maxNodes=%d maxServices=%d, expected 1 or more"
                    .formatted(bodyBytes, nodes, services));
        }
        if (depth < 1 || depth > StrictJson.MAX_DEPTH) {
            throw new IllegalArgumentException("maxDepth=%d, expected 1 to %d".formatted(depth, StrictJson.MAX_DEPTH));
        }
    }

    int textCharacters() {
        return LONGEST_TEXT;
    }
}
