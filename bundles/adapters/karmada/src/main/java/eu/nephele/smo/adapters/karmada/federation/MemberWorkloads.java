// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.MemberProbes.ProbeRoute;
import eu.nephele.smo.adapters.karmada.link.ApiServerConnection;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.adapters.karmada.read.WorkloadReader;
import eu.nephele.smo.adapters.karmada.work.BackgroundQueries;
import eu.nephele.smo.adapters.karmada.work.BackgroundQueries.KnownResult;
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
final class MemberWorkloads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberWorkloads.class);
    private static final BackgroundQueries.QueryLimits LIMITS =
            new BackgroundQueries.QueryLimits(4, Duration.ofMillis(400), 10_000, 100);

    private record MemberWorkloadKey(String cluster, String kind, String workload) {}

    /** @param seen as it was seen last; empty: it is not there, or cannot be looked at */
    private record MemberResponse(Optional<ObservedWorkload> seen, MemberState state) {

        static final MemberResponse NONE = new MemberResponse(Optional.empty(), MemberState.UNKNOWN);
    }

    /** Knowledge about a workload on a cluster. */
    enum MemberState {
        /** No answer has come yet. */
        UNKNOWN,
        /** The cluster has answered: it has the workload as it was seen, or does not have it. */
        SEEN,
        /** Access is denied or impossible. */
        BARRED
    }

    private final ApiServerConnection connection;
    private final WorkloadReader reader;
    private final Function<String, ProbeRoute> way;
    private final BackgroundQueries<MemberWorkloadKey, MemberResponse> answers;

    /**
     * @param way whether there is a way to a cluster
     * @param onChange told {@code namespace/name} of a workload when there is another answer
     */
    MemberWorkloads(
            ApiServerConnection connection,
            WorkloadReader reader,
            Function<String, ProbeRoute> way,
            Consumer<String> onChange) {
        this.connection = connection;
        this.reader = reader;
        this.way = way;
        this.answers = new BackgroundQueries<>(
                "smo-" + connection.system() + "-members",
                MemberResponse.NONE,
                LIMITS,
                memberWorkloadKey -> onChange.accept(memberWorkloadKey.workload()));
    }

    /**
     * Result of a poll.
     *
     * @param seen the workload as its cluster had it when that answered last; empty: it is not there, or nobody may look
     * @param state whether that is known
     * @param since how long it has been looked for with this specification
     */
    record MemberPoll(Optional<ObservedWorkload> seen, MemberState state, Duration since) {}

    /** Returns the state of a workload on a cluster; polls if it is stale. */
    MemberPoll poll(String cluster, ObservedWorkload workload) {
        MemberWorkloadKey memberWorkloadKey = new MemberWorkloadKey(cluster, workload.kind(), workload.path());
        boolean none = way.apply(cluster) == ProbeRoute.NONE;
        KnownResult<MemberResponse> known = none
                ? answers.known(memberWorkloadKey, workload.revision())
                : answers.ask(memberWorkloadKey, workload.revision(), () -> ask(memberWorkloadKey, workload));
        return new MemberPoll(
                known.answer().seen(),
                none ? MemberState.BARRED : known.answer().state(),
                known.since());
    }

    /** Polls a member; a temporary failure changes nothing: the last state stays, and the poll is retried. */
    private Optional<MemberResponse> ask(MemberWorkloadKey memberWorkloadKey, ObservedWorkload workload) {
        try {
            Optional<ObservedWorkload> seen = connection.relayed(
                    "Read %s on %s".formatted(memberWorkloadKey.workload(), memberWorkloadKey.cluster()),
                    client -> fetch(client, memberWorkloadKey.cluster(), workload));
            // not found: where nothing was ever heard of the cluster, the server may have no way to its members
            boolean known = seen.isPresent() || way.apply(memberWorkloadKey.cluster()) == ProbeRoute.OPEN;
            return Optional.of(new MemberResponse(seen, known ? MemberState.SEEN : MemberState.BARRED));
        } catch (AdapterException e) {
            LOG.debug("reading member workload failed workload={} reason=\"{}\"", memberWorkloadKey, e.getMessage());
            return e.kind() == Kind.REFUSED
                    ? Optional.of(new MemberResponse(Optional.empty(), MemberState.BARRED))
                    : Optional.empty();
        }
    }

    private Optional<ObservedWorkload> fetch(KubernetesClient client, String cluster, ObservedWorkload workload) {
        WorkloadKind kind = workload.what();
        String path = "%s/apis/%s/namespaces/%s/%s/%s"
                .formatted(
                        WorkloadObserver.proxy(cluster),
                        kind.apiVersion(),
                        workload.namespace(),
                        kind.plural(),
                        workload.name());
        return Optional.ofNullable(client.raw(path))
                .map(text -> WorkloadSource.from(kind).read(reader, client.getKubernetesSerialization(), text));
    }

    @Override
    public void close() {
        answers.close();
    }
}
