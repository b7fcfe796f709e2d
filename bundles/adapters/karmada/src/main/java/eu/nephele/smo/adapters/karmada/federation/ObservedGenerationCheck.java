// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import eu.nephele.smo.adapters.karmada.federation.BindingSeen.There;
import eu.nephele.smo.adapters.karmada.federation.Members.Look;
import eu.nephele.smo.adapters.karmada.federation.Members.State;
import eu.nephele.smo.adapters.karmada.read.Counts;
import eu.nephele.smo.adapters.karmada.read.JobSeen;
import eu.nephele.smo.adapters.karmada.read.WorkloadKind;
import eu.nephele.smo.adapters.karmada.read.WorkloadSeen;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Judges whether what is told of a workload on a cluster is told of its present specification. Newer versions of Karmada say of
 * which generation their numbers are. With older ones the way of the change is followed: the mark of the specification is looked
 * for in the Work, then on the cluster itself, whose own numbers count until they say that the roll-out is complete.
 */
final class Copies {

    /** Where nobody may look at the cluster: how long Karmada gets to tell what has become of a change that it has passed on. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private static final int MOST = 50_000;

    private record Place(String cluster, String kind, String workload) {}

    private final Function<String, Optional<List<WorkSeen>>> works;
    private final BiFunction<String, WorkloadSeen, Look> members;
    private final Predicate<String> ready;
    private final Predicate<WorkloadSeen> behind;
    private final Map<Place, String> complete = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, String> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param works those of a workload, {@code namespace/name}; empty: they are not known
     * @param members what is known of a workload on a cluster
     * @param ready whether a cluster is ready: others are not looked at
     * @param behind whether a workload is older than what the control plane has answered last
     */
    Copies(
            Function<String, Optional<List<WorkSeen>>> works,
            BiFunction<String, WorkloadSeen, Look> members,
            Predicate<String> ready,
            Predicate<WorkloadSeen> behind) {
        this.works = works;
        this.members = members;
        this.ready = ready;
        this.behind = behind;
    }

    /**
     * @param counts its numbers there
     * @param trouble what is waited for, "" for nothing
     * @param failure why its controller there has given it up
     */
    record Judged(Counts counts, String trouble, Optional<String> failure) {

        static Judged current(Counts counts) {
            return new Judged(counts.withObserved(true), "", Optional.empty());
        }

        static Judged waiting(Counts counts, String trouble) {
            return new Judged(counts.withObserved(false), trouble, Optional.empty());
        }
    }

    /** @param there what Karmada tells */
    Judged on(String cluster, WorkloadSeen workload, There there) {
        if (behind.test(workload)) {
            return Judged.waiting(there.counts(), "Karmada's API server has not told the last change of it yet");
        }
        if (workload.what() == WorkloadKind.JOB) {
            // its template cannot be changed: what is told of it is told of this one
            return new Judged(
                    there.counts(),
                    "",
                    there.job().filter(any -> workload.desired() > 0).flatMap(JobSeen::failure));
        }
        if (there.generation().isPresent()) {
            boolean current = there.counts().observed() && there.generation().get() >= workload.generation();
            return current
                    ? new Judged(there.counts(), "", givenUp(cluster, workload, there))
                    : Judged.waiting(there.counts(), "");
        }
        Place place = new Place(cluster, workload.kind(), workload.path());
        if (workload.revision().isEmpty()) {
            return new Judged(there.counts(), "", Optional.empty());
        }
        if (!workload.revision().equals(workload.present())) {
            return Judged.waiting(there.counts(), "");
        }
        if (isComplete(place, workload)) {
            return Judged.current(there.counts());
        }
        Optional<String> onTheWay = onTheWay(place, workload);
        if (onTheWay.isPresent()) {
            return Judged.waiting(there.counts(), onTheWay.get());
        }
        return ready.test(cluster) ? looked(place, workload, there) : Judged.waiting(there.counts(), "");
    }

    /** Karmada does not tell why a controller has given a roll-out up: the cluster is asked as long as one is not complete. */
    private Optional<String> givenUp(String cluster, WorkloadSeen workload, There there) {
        boolean marked = !workload.revision().isEmpty() && workload.revision().equals(workload.present());
        if (there.counts().isRolledOut() || !marked || !ready.test(cluster)) {
            return Optional.empty();
        }
        return members.apply(cluster, workload)
                .seen()
                .filter(it -> it.revision().equals(workload.revision()))
                .flatMap(WorkloadSeen::failure);
    }

    private Judged looked(Place place, WorkloadSeen workload, There there) {
        Look look = members.apply(place.cluster(), workload);
        if (look.state() == State.BARRED) {
            boolean settled = look.since().compareTo(SETTLE) > 0;
            return settled ? completed(place, workload, there.counts()) : Judged.waiting(there.counts(), "");
        }
        Optional<WorkloadSeen> present = look.seen().filter(it -> it.revision().equals(workload.revision()));
        if (present.isEmpty()) {
            return Judged.waiting(there.counts(), "");
        }
        WorkloadSeen seen = present.get();
        if (!seen.counts().isRolledOut()) {
            return new Judged(seen.counts(), seen.trouble(), seen.failure());
        }
        // what Karmada tells is older than what was seen there until it says the same: till then it would take it back
        return told(there.counts(), seen.counts())
                ? completed(place, workload, seen.counts())
                : Judged.current(seen.counts());
    }

    private static boolean told(Counts told, Counts seen) {
        return told.replicas() == seen.replicas()
                && told.updated() == seen.updated()
                && told.ready() == seen.ready()
                && told.available() == seen.available();
    }

    private Optional<String> onTheWay(Place place, WorkloadSeen workload) {
        Optional<List<WorkSeen>> known = works.apply(place.workload());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Optional<WorkSeen> work = known.get().stream()
                .filter(it -> it.cluster().equals(place.cluster()) && it.kind().equals(place.kind()))
                .findFirst();
        boolean passedOn =
                work.filter(it -> it.revision().equals(workload.revision())).isPresent();
        return passedOn
                ? Optional.empty()
                : Optional.of(work.map(it -> "Karmada has not passed the change on yet (Work %s)".formatted(it.name()))
                        .orElse("Karmada has not made a Work for it yet"));
    }

    private synchronized boolean isComplete(Place place, WorkloadSeen workload) {
        return workload.revision().equals(complete.get(place));
    }

    private synchronized Judged completed(Place place, WorkloadSeen workload, Counts counts) {
        complete.put(place, workload.revision());
        return Judged.current(counts);
    }
}
