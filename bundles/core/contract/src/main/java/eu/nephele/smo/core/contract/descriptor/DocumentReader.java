// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.descriptor;

import eu.nephele.smo.api.model.JsonValue.JsonObject;

/** Reads files of people with the limits of descriptors. Implemented by {@code core/descriptor}. */
@FunctionalInterface
public interface DocumentReader {

    /**
     * Reads one document in YAML, or in JSON, which is YAML.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} when it is none that holds an object, with line and column where
     *     they are known; {@code TOO_LARGE}
     */
    JsonObject read(byte[] utf8);
}
