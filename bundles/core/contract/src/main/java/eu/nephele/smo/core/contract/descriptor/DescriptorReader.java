// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.descriptor;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonObject;

/** Reads descriptors. */
public interface DescriptorReader {

    /**
     * Reads and checks a request body: syntax, schema, meaning. All errors that can be found are reported at once.
     *
     * @param body bytes of the body, UTF-8
     * @throws eu.nephele.smo.api.runtime.SmoException {@code INVALID} with JSON pointers, {@code TOO_LARGE}
     */
    DescriptorSource read(String project, byte[] body, Format format);

    /**
     * Checks a request body as {@link #read} does, and says where in the text each error is.
     *
     * @throws eu.nephele.smo.api.runtime.SmoException {@code TOO_LARGE}
     */
    LintReport lint(String project, byte[] body, Format format);

    /** A graph from a descriptor that was accepted before; nothing is checked, intents without handler are fine. */
    Graph restore(String project, JsonObject descriptor);

    /** The JSON Schema (2020-12) of request bodies, composed with what is installed now. */
    JsonObject schema();

    enum Format {
        JSON,
        YAML
    }
}
