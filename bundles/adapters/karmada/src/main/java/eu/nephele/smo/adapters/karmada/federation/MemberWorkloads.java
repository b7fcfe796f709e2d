// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.Probes.Way;
import eu.nephele.smo.adapters.karmada.link.Connection;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import eu.nephele.smo.adapters.karmada.work.Background;
import eu.nephele.smo.adapters.karmada.work.Background.Known;
import eu.nephele.smo.adapters.karmada.work.WorkloadSource;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at workloads on member clusters themselves, through the control plane, on threads of its own: who asks never waits, and is
 * told when there is an answer. Needed only while a change is under way, and only where Karmada does not say of which generation
 * its numbers are.
 */
final class Members implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Members.class);
    private static final Background.Limits LIMITS = new Background.Limits(4, Duration.ofMillis(400), 10_000, 100);

    private record Place(String cluster, String kind, String workload) {}

    /** @param seen as it was seen last; empty: it is not there, or cannot be looked at */
    private record Answer(Optional<WorkloadSeen> seen, State state) {

        static final Answer NONE = new Answer(Optional.empty(), State.UNKNOWN);
    }

    /** What is known of a workload on a cluster. */
    enum State {
        /** No answer has come yet. */
        UNKNOWN,
        /** The cluster has answered: it has the workload as it was seen, or does not have it. */
        SEEN,
        /** Nobody may look there, or can. */
        BARRED
    }

    private final Connection connection;
    private final WorkloadReader reader;
    private final Function<String, Way> way;
    private final Background<Place, Answer> answers;

    /**
     * @param way whether there is a way to a cluster
     * @param onChange told {@code namespace/name} of a workload when there is another answer
     */
    Members(Connection connection, WorkloadReader reader, Function<String, Way> way, Consumer<String> onChange) {
        this.connection = connection;
        this.reader = reader;
        this.way = way;
        this.answers = new Background<>(
                "smo-" + connection.system() + "-members",
                Answer.NONE,
                LIMITS,
                place -> onChange.accept(place.workload()));
    }

    /**
     * What was found.
     *
     * @param seen the workload as its cluster had it when that answered last; empty: it is not there, or nobody may look
     * @param state whether that is known
     * @param since how long it has been looked for with this specification
     */
    record Look(Optional<WorkloadSeen> seen, State state, Duration since) {}

    /** What is known of a workload on a cluster; asks when that is old. */
    Look look(String cluster, WorkloadSeen workload) {
        Place place = new Place(cluster, workload.kind(), workload.path());
        boolean none = way.apply(cluster) == Way.NONE;
        Known<Answer> known = none
                ? answers.known(place, workload.revision())
                : answers.ask(place, workload.revision(), () -> ask(place, workload));
        return new Look(
                known.answer().seen(), none ? State.BARRED : known.answer().state(), known.since());
    }

    /** What fails for now says nothing: what was seen last stays, and it is asked again. */
    private Optional<Answer> ask(Place place, WorkloadSeen workload) {
        try {
            Optional<WorkloadSeen> seen = connection.relayed(
                    "Look at %s on %s".formatted(place.workload(), place.cluster()),
                    client -> fetch(client, place.cluster(), workload));
            // not found: where nothing was ever heard of the cluster, the server may have no way to its members
            boolean known = seen.isPresent() || way.apply(place.cluster()) == Way.OPEN;
            return Optional.of(new Answer(seen, known ? State.SEEN : State.BARRED));
        } catch (AdapterException e) {
            LOG.debug("{} cannot be looked at: {}", place, e.getMessage());
            return e.kind() == Kind.REFUSED
                    ? Optional.of(new Answer(Optional.empty(), State.BARRED))
                    : Optional.empty();
        }
    }

    private Optional<WorkloadSeen> fetch(KubernetesClient client, String cluster, WorkloadSeen workload) {
        WorkloadKind kind = workload.what();
        String path = "%s/apis/%s/namespaces/%s/%s/%s"
                .formatted(
                        Observer.proxy(cluster),
                        kind.apiVersion(),
                        workload.namespace(),
                        kind.plural(),
                        workload.name());
        return Optional.ofNullable(client.raw(path))
                .map(text -> WorkloadSource.of(kind).read(reader, client.getKubernetesSerialization(), text));
    }

    @Override
    public void close() {
        answers.close();
    }
}
