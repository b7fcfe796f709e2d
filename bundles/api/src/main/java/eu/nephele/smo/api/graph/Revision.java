// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Instant;

/**
 * A descriptor that a graph has or had. Immutable.
 *
 * @param graph of which graph
 * @param number from 1, rises with each accepted descriptor
 * @param descriptor the value below {@code hdaGraph}, as sent
 * @param override wishes of the request that brought it
 * @param cause {@code deploy}, {@code update}, {@code rollback to 3}
 * @param principal who asked
 * @param createdAt when it was accepted
 */
public record Revision(
        GraphId graph,
        long number,
        JsonObject descriptor,
        DeployRequest.StrategyOverride override,
        String cause,
        String principal,
        Instant createdAt) {}
