// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.ClusterId;
import java.util.Optional;

/**
 * The engine of one server.
 *
 * @param server whose
 * @param version of the engine, "" while it cannot be asked
 * @param storageDriver of the engine, "" while it cannot be asked
 * @param images how many it has
 * @param containers that run there, also those of others
 * @param maxContainers how many may run there
 * @param failure why it cannot be asked now, for people
 */
public record EngineSummary(
        ClusterId server,
        String version,
        String storageDriver,
        int images,
        int containers,
        int maxContainers,
        Optional<String> failure) {}
