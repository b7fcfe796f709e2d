// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ports;

import eu.nephele.smo.adapters.docker.engine.EngineContainer;
import eu.nephele.smo.adapters.docker.model.ImageReference;
import eu.nephele.smo.adapters.docker.server.DockerServer;
import eu.nephele.smo.adapters.docker.server.ServerListing;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.ForeignRelease.Difference;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Containers without labels of ours whose names are those of replicas of a service: an orchestrator that ran here
 * before made them.
 *
 * @param containers of one service on one server, at least one
 */
record StrangeContainers(DockerServer server, List<EngineContainer> containers) {

    static Optional<StrangeContainers> found(DockerServer server, ServerListing seen, String service) {
        List<EngineContainer> strange = seen.containers().stream()
                .filter(container -> container.record().isEmpty()
                        && container.isRunning()
                        && container.name().isReplicaOf(service))
                .toList();
        return strange.isEmpty() ? Optional.empty() : Optional.of(new StrangeContainers(server, strange));
    }

    Set<String> ids() {
        return containers.stream().map(EngineContainer::id).collect(Collectors.toSet());
    }

    /** Changes when one of them goes, comes, or is made anew. */
    String fingerprint() {
        try {
            String all = containers.stream().map(EngineContainer::id).sorted().collect(Collectors.joining("\n"));
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java runtime has SHA-256", impossible);
        }
    }

    ForeignRelease told(InstallRequest request) {
        String present =
                containers.stream().map(EngineContainer::image).distinct().collect(Collectors.joining(", "));
        String wanted = ImageReference.parse(request.artifact().reference()).name();
        List<Difference> differences = present.equals(wanted)
                ? List.of()
                : List.of(new Difference(
                        "image", "", Optional.of(new JsonString(present)), Optional.of(new JsonString(wanted))));
        return new ForeignRelease(
                server.settings().name(),
                fingerprint(),
                "%d containers without labels, of the image %s: %s"
                        .formatted(
                                containers.size(),
                                present,
                                containers.stream()
                                        .map(container -> container.name().text())
                                        .limit(10)
                                        .collect(Collectors.joining(", "))),
                differences,
                0);
    }

    AdapterException conflict(InstallRequest request) {
        return server.failures()
                .failure(
                        Kind.CONFLICT,
                        "Install %s on %s: somebody else runs %d containers of that name there; adopt or remove them"
                                .formatted(
                                        request.key().workload(),
                                        server.settings().name(),
                                        containers.size()));
    }
}
