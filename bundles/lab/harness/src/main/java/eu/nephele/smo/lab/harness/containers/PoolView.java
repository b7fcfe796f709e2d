// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.containers;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.server.ServerUnderTest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The service as the interface for containers tells it. */
final class PoolView {

    private static final String SERVICE = "/containers/services/" + ContainerWorld.SERVICE;

    private final ServerUnderTest server;

    PoolView(ServerUnderTest server) {
        this.server = server;
    }

    /**
     * All that is known at one moment.
     *
     * @param containers without spares
     * @param meanCpu in per cent of a core
     */
    record SeenService(List<SeenContainer> containers, double meanCpu) {

        SeenService {
            containers = List.copyOf(containers);
        }

        List<SeenContainer> serving() {
            return containers.stream().filter(SeenContainer::serves).toList();
        }
    }

    /**
     * A change of the number of replicas that a strategy decided.
     *
     * @param reason in its words
     */
    record DecidedChange(int from, int to, String reason, Instant at) {}

    SeenService service() throws IOException, InterruptedException {
        JsonNode answer = server.get(SERVICE + "/stats");
        List<SeenContainer> containers = new ArrayList<>();
        answer.path("containers").forEach(each -> containers.add(SeenContainer.read(each)));
        return new SeenService(
                containers.stream().filter(each -> !each.isSpare()).toList(),
                answer.path("avg_cpu").asDouble());
    }

    /** The newest change to more, or to fewer, since then. */
    Optional<DecidedChange> change(boolean up, Instant since) throws IOException, InterruptedException {
        Optional<DecidedChange> newest = Optional.empty();
        for (JsonNode event : server.get("/containers/events")) {
            DecidedChange change = new DecidedChange(
                    event.path("from_count").asInt(),
                    event.path("to_count").asInt(),
                    event.path("reason").asText(),
                    Instant.parse(event.path("timestamp").asText()));
            boolean asked = up ? change.to() > change.from() : change.to() < change.from();
            boolean newer = newest.map(known -> change.at().isAfter(known.at())).orElse(true);
            if (asked && newer && !change.at().isBefore(since)) {
                newest = Optional.of(change);
            }
        }
        return newest;
    }

    /** @throws IOException with its words when it is refused */
    void update(BurnImage image) throws IOException, InterruptedException {
        JsonNode answer = server.post(SERVICE + "/rolling-update?image=" + image.reference(), "");
        if (!answer.at("/result/success").asBoolean()) {
            throw new IOException(
                    "The update is refused: " + answer.at("/result/message").asText());
        }
    }
}
