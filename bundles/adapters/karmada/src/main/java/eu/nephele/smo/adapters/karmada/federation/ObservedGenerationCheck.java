// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.MemberWorkloads.MemberPoll;
import eu.nephele.smo.adapters.karmada.federation.MemberWorkloads.MemberState;
import eu.nephele.smo.adapters.karmada.federation.ObservedBinding.There;
import eu.nephele.smo.adapters.karmada.read.ObservedJob;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.ReplicaCounts;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Judges whether the status of a workload on a cluster belongs to its present specification. Newer versions of Karmada report
 * the generation of their numbers. With older ones the way of the change is followed: the mark of the specification is looked
 * for in the Work, then on the cluster itself, whose own numbers count until they say that the roll-out is complete.
 */
final class ObservedGenerationCheck {

    /** Without access to the cluster: how long Karmada gets to report the outcome of a change that it has passed on. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private static final int MOST = 50_000;

    private record CopyKey(String cluster, String kind, String workload) {}

    private final Function<String, Optional<List<ObservedWork>>> works;
    private final BiFunction<String, ObservedWorkload, MemberPoll> members;
    private final Predicate<String> ready;
    private final Predicate<ObservedWorkload> behind;
    private final Map<CopyKey, String> complete = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CopyKey, String> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param works Works of a workload, {@code namespace/name}; empty: unknown
     * @param members knowledge about a workload on a cluster
     * @param ready whether a cluster is ready: others are not polled
     * @param behind whether a workload is older than the last answer of the control plane
     */
    ObservedGenerationCheck(
            Function<String, Optional<List<ObservedWork>>> works,
            BiFunction<String, ObservedWorkload, MemberPoll> members,
            Predicate<String> ready,
            Predicate<ObservedWorkload> behind) {
        this.works = works;
        this.members = members;
        this.ready = ready;
        this.behind = behind;
    }

    /**
     * @param trouble what the roll-out waits for, "" for nothing
     * @param failure why its controller there has given it up
     */
    record Judged(ReplicaCounts counts, String trouble, Optional<String> failure) {

        static Judged current(ReplicaCounts counts) {
            return new Judged(counts.withObserved(true), "", Optional.empty());
        }

        static Judged waiting(ReplicaCounts counts, String trouble) {
            return new Judged(counts.withObserved(false), trouble, Optional.empty());
        }
    }

    /** @param there status reported by Karmada */
    Judged on(String cluster, ObservedWorkload workload, There there) {
        if (behind.test(workload)) {
            return Judged.waiting(there.counts(), "Karmada's API server has not reported its last change yet");
        }
        if (workload.what() == WorkloadKind.JOB) {
            // its template is immutable: every status belongs to this one
            return new Judged(
                    there.counts(),
                    "",
                    there.job().filter(any -> workload.desired() > 0).flatMap(ObservedJob::failure));
        }
        if (there.generation().isPresent()) {
            boolean current = there.counts().observed() && there.generation().get() >= workload.generation();
            return current
                    ? new Judged(there.counts(), "", givenUp(cluster, workload, there))
                    : Judged.waiting(there.counts(), "");
        }
        CopyKey copyKey = new CopyKey(cluster, workload.kind(), workload.path());
        if (workload.revision().isEmpty()) {
            return new Judged(there.counts(), "", Optional.empty());
        }
        if (!workload.revision().equals(workload.present())) {
            return Judged.waiting(there.counts(), "");
        }
        if (isComplete(copyKey, workload)) {
            return Judged.current(there.counts());
        }
        Optional<String> onTheWay = onTheWay(copyKey, workload);
        if (onTheWay.isPresent()) {
            return Judged.waiting(there.counts(), onTheWay.get());
        }
        return ready.test(cluster) ? looked(copyKey, workload, there) : Judged.waiting(there.counts(), "");
    }

    /** Karmada does not report why a controller gave up a roll-out: the cluster is polled until the roll-out completes. */
    private Optional<String> givenUp(String cluster, ObservedWorkload workload, There there) {
        boolean marked = !workload.revision().isEmpty() && workload.revision().equals(workload.present());
        if (there.counts().isRolledOut() || !marked || !ready.test(cluster)) {
            return Optional.empty();
        }
        return members.apply(cluster, workload)
                .seen()
                .filter(it -> it.revision().equals(workload.revision()))
                .flatMap(ObservedWorkload::failure);
    }

    private Judged looked(CopyKey copyKey, ObservedWorkload workload, There there) {
        MemberPoll memberPoll = members.apply(copyKey.cluster(), workload);
        if (memberPoll.state() == MemberState.BARRED) {
            boolean settled = memberPoll.since().compareTo(SETTLE) > 0;
            return settled ? completed(copyKey, workload, there.counts()) : Judged.waiting(there.counts(), "");
        }
        Optional<ObservedWorkload> present =
                memberPoll.seen().filter(it -> it.revision().equals(workload.revision()));
        if (present.isEmpty()) {
            return Judged.waiting(there.counts(), "");
        }
        ObservedWorkload seen = present.get();
        if (!seen.counts().isRolledOut()) {
            return new Judged(seen.counts(), seen.trouble(), seen.failure());
        }
        // until Karmada reports the state seen on the cluster, its status is older: using it would go back in time
        return observed(there.counts(), seen.counts())
                ? completed(copyKey, workload, seen.counts())
                : Judged.current(seen.counts());
    }

    private static boolean observed(ReplicaCounts told, ReplicaCounts seen) {
        return told.replicas() == seen.replicas()
                && told.updated() == seen.updated()
                && told.ready() == seen.ready()
                && told.available() == seen.available();
    }

    private Optional<String> onTheWay(CopyKey copyKey, ObservedWorkload workload) {
        Optional<List<ObservedWork>> known = works.apply(copyKey.workload());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Optional<ObservedWork> work = known.get().stream()
                .filter(it ->
                        it.cluster().equals(copyKey.cluster()) && it.kind().equals(copyKey.kind()))
                .findFirst();
        boolean passedOn =
                work.filter(it -> it.revision().equals(workload.revision())).isPresent();
        return passedOn
                ? Optional.empty()
                : Optional.of(work.map(it -> "Karmada has not passed the change on yet (Work %s)".formatted(it.name()))
                        .orElse("Karmada has not created a Work for it yet"));
    }

    private synchronized boolean isComplete(CopyKey copyKey, ObservedWorkload workload) {
        return workload.revision().equals(complete.get(copyKey));
    }

    private synchronized Judged completed(CopyKey copyKey, ObservedWorkload workload, ReplicaCounts counts) {
        complete.put(copyKey, workload.revision());
        return Judged.current(counts);
    }
}
