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
 * Polls workloads on the member clusters themselves, through the control plane, on its own threads: callers never wait, and are
 * notified of each answer. Needed only during a change, and only where Karmada does not report the generation of
 * its numbers.
 */
final class MemberWorkloads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MemberWorkloads.class);
    private static final BackgroundQueries.QueryLimits LIMITS =
            new BackgroundQueries.QueryLimits(4, Duration.ofMillis(400), 10_000, 100);

    private record MemberWorkloadKey(String cluster, String kind, String workload) {}

    /** @param seen state at the last poll; empty: it does not exist, or cannot be read */
    private record MemberResponse(Optional<ObservedWorkload> seen, MemberState state) {

        static final MemberResponse NONE = new MemberResponse(Optional.empty(), MemberState.UNKNOWN);
    }

    enum MemberState {
        /** No answer has come yet. */
        UNKNOWN,
        /** The cluster has answered, with the workload or without it. */
        SEEN,
        /** Access is denied or impossible. */
        BARRED
    }

    private final ApiServerConnection connection;
    private final WorkloadReader reader;
    private final Function<String, ProbeRoute> way;
    private final BackgroundQueries<MemberWorkloadKey, MemberResponse> answers;

    /** @param onChange receives {@code namespace/name} of a workload whose answer has changed */
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
     * @param seen the workload in the last answer of its cluster; empty: it does not exist, or access is denied
     * @param state whether that is known
     * @param since how long it has been polled with this specification
     */
    record MemberPoll(Optional<ObservedWorkload> seen, MemberState state, Duration since) {}

    /** Polls if the state is stale. */
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
            // not found: without any answer of the cluster so far, the server may have no way to its members
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
