// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import eu.nephele.smo.adapters.docker.model.ContainerName;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import eu.nephele.smo.adapters.docker.model.ContainerSpec;
import java.util.List;

/**
 * A container to be made.
 *
 * @param environment {@code NAME=VALUE}, secrets resolved; never logged
 * @param network mode of the engine, {@code host} for example; "" for its own
 */
public record ContainerDraft(
        ContainerName name, ContainerRecord record, ContainerSpec spec, List<String> environment, String network) {

    public ContainerDraft {
        environment = List.copyOf(environment);
    }

    @Override
    public String toString() {
        return "draft of " + name;
    }
}
