// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A node of a graph, as declared.
 *
 * @param id DNS label, unique within its project; charts use it as release, Deployment and Service name
 * @param trigger when it is installed
 * @param artifact what it is installed from
 * @param intents wishes by name ({@code compute}, {@code location}, {@code coLocation}, …) as the descriptor has them; their
 *     handlers give them a meaning
 * @param scaling what is said about its replicas
 */
public record ServiceSpec(
        String id, Trigger trigger, Artifact artifact, Map<String, JsonValue> intents, ServiceScaling scaling) {

    public ServiceSpec {
        intents = Collections.unmodifiableMap(new LinkedHashMap<>(intents));
    }
}
