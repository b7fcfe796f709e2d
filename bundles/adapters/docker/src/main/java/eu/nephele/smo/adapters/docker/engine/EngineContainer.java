// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.engine;

import eu.nephele.smo.adapters.docker.model.ContainerName;
import eu.nephele.smo.adapters.docker.model.ContainerRecord;
import java.util.List;
import java.util.Optional;

/**
 * One container as a listing tells it.
 *
 * @param id 64 hexadecimal digits
 * @param record what its labels say; empty for a container of others
 * @param image as it was asked for
 * @param imageId digest of the image it runs
 * @param state {@code running}, {@code created}, {@code exited}, …
 * @param status for people: {@code Exited (1) 3 seconds ago}
 * @param ports published ones
 * @param createdAt seconds of the epoch
 */
public record EngineContainer(
        String id,
        ContainerName name,
        Optional<ContainerRecord> record,
        String image,
        String imageId,
        String state,
        String status,
        List<PublishedBinding> ports,
        long createdAt) {

    private static final int SHORT = 12;

    public EngineContainer {
        ports = List.copyOf(ports);
    }

    /**
     * @param container port in the container
     * @param host port of the server
     */
    public record PublishedBinding(int container, int host) {}

    public String shortId() {
        return id.substring(0, Math.min(SHORT, id.length()));
    }

    public boolean isRunning() {
        return state.equals("running") || state.equals("restarting") || state.equals("paused");
    }

    /** Whether it serves as far as the engine can say: an image may have a check of its own. */
    public boolean isWellForItsEngine() {
        return state.equals("running") && !status.contains("(unhealthy)") && !status.contains("(health: starting)");
    }

    /** Port of the server behind which this port of the container is. */
    public Optional<Integer> hostPort(int containerPort) {
        return ports.stream()
                .filter(binding -> binding.container() == containerPort)
                .map(PublishedBinding::host)
                .findFirst();
    }
}
