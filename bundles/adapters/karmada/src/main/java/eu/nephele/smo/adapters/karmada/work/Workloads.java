// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.work;

import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.link.Mirror;
import eu.nephele.smo.adapters.karmada.link.Mirror.Which;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.WorkloadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Deployments and StatefulSets of one API server, from memory and from the server itself. */
public final class Workloads implements AutoCloseable {

    private final Connection connection;
    private final WorkloadReader reader;
    private final List<Mirror<?, WorkloadSeen>> mirrors = new ArrayList<>();

    /**
     * @param namespaces where to look; none: everywhere
     * @param onChange told {@code namespace/name} of what changed, "" when it is known again
     */
    public Workloads(
            Connection connection,
            WorkloadReader reader,
            List<String> namespaces,
            Consumer<String> onChange,
            ScheduledExecutorService scheduler,
            Duration resync) {
        this.connection = connection;
        this.reader = reader;
        for (String namespace : namespaces.isEmpty() ? List.of("") : namespaces) {
            String where = namespace.isEmpty() ? "" : " of namespace " + namespace;
            mirrors.add(new Mirror<>(
                    connection,
                    new Which<>(
                            "Deployments" + where,
                            client -> namespace.isEmpty()
                                    ? client.apps().deployments().inAnyNamespace()
                                    : client.apps().deployments().inNamespace(namespace)),
                    deployment -> Optional.of(reader.read(deployment)),
                    onChange,
                    scheduler,
                    resync));
            mirrors.add(new Mirror<>(
                    connection,
                    new Which<>(
                            "StatefulSets" + where,
                            client -> namespace.isEmpty()
                                    ? client.apps().statefulSets().inAnyNamespace()
                                    : client.apps().statefulSets().inNamespace(namespace)),
                    set -> Optional.of(reader.read(set)),
                    onChange,
                    scheduler,
                    resync));
        }
    }

    public void start() {
        mirrors.forEach(Mirror::start);
    }

    /** The mirrors, to see how they are. */
    public Stream<Mirror<?, WorkloadSeen>> mirrors() {
        return mirrors.stream();
    }

    /** As it was seen last; empty when there is none of the service. */
    public Optional<WorkloadSeen> last(WorkloadRef ref) {
        return named(ref.graph().project() + "/" + ref.service())
                .filter(seen -> seen.isOf(ref))
                .findFirst();
    }

    /** What has this name, whosever it is. */
    public Stream<WorkloadSeen> named(String key) {
        return mirrors.stream()
                .flatMap(mirror -> Optional.ofNullable(mirror.kept().get(key)).stream());
    }

    /**
     * As the server has it now; empty when there is none.
     *
     * @throws AdapterException {@code CONFLICT}: there is one that is not the service's
     */
    public Optional<WorkloadSeen> now(WorkloadRef ref) {
        Optional<WorkloadSeen> found = connection
                .find("Read the Deployment of " + ref, client -> Optional.ofNullable(client.apps()
                                .deployments()
                                .inNamespace(ref.graph().project())
                                .withName(ref.service())
                                .get())
                        .map(reader::read))
                .or(() -> connection.find("Read the StatefulSet of " + ref, client -> Optional.ofNullable(client.apps()
                                .statefulSets()
                                .inNamespace(ref.graph().project())
                                .withName(ref.service())
                                .get())
                        .map(reader::read)));
        found.filter(seen -> !seen.isOf(ref)).ifPresent(foreign -> {
            throw new AdapterException(
                    AdapterException.Kind.CONFLICT,
                    connection.system(),
                    "Run %s: the %s of that name belongs to something else; rename the service, or take it away"
                            .formatted(ref, foreign.kind()));
        });
        return found;
    }

    @Override
    public void close() {
        mirrors.forEach(Mirror::close);
    }
}
