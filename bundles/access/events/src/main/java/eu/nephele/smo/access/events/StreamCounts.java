// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.quota.ProjectLimits;
import eu.nephele.smo.core.contract.quota.QuotaExcess;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Counts the open streams of each caller and of each project that they name. Callers without credentials are told apart
 * by their address.
 */
final class StreamCounts {

    private static final Duration RETRY = Duration.ofSeconds(15);
    private static final String ANONYMOUS = "anonymous";

    private final Supplier<Optional<ProjectLimits>> limits;
    private final Map<String, Integer> byCaller = new HashMap<>();
    private final StreamTally tally;

    /**
     * @param limits of projects; empty while nobody knows them
     * @param tally of projects, changed here only
     */
    StreamCounts(Supplier<Optional<ProjectLimits>> limits, StreamTally tally) {
        this.limits = limits;
        this.tally = tally;
    }

    /**
     * Counts a stream until it is {@linkplain #end ended}.
     *
     * @param mostPerCaller 1 or more
     * @throws SmoException {@code THROTTLED} when the caller has so many, {@code OVER_QUOTA} when a project may not have
     *     one more
     */
    void begin(StreamViewer viewer, int mostPerCaller) {
        Set<String> projects = viewer.filter().projects();
        // read before: it may ask the database
        Map<String, Long> most = new TreeMap<>();
        limits.get()
                .ifPresent(present -> projects.forEach(project -> {
                    OptionalLong limit = present.limit(project, QuotaMember.STREAMS);
                    limit.ifPresent(value -> most.put(project, value));
                }));
        count(caller(viewer.call()), projects, mostPerCaller, most);
    }

    private synchronized void count(String caller, Set<String> projects, int mostPerCaller, Map<String, Long> most) {
        if (byCaller.getOrDefault(caller, 0) >= mostPerCaller) {
            throw SmoException.of(
                    SmoException.Kind.THROTTLED,
                    "smo",
                    "%s has %d open event streams, which is the limit for one caller (maxStreamsPerCaller of the PID eu.nephele.smo.access.rest). Close one, ask GET /api/v1/events, or register a webhook"
                            .formatted(caller, mostPerCaller),
                    Optional.of(RETRY));
        }
        most.forEach((project, limit) -> {
            long open = tally.openOf(project);
            if (open >= limit) {
                throw new QuotaExcess(project, QuotaMember.STREAMS, open, 1, limit).exception();
            }
        });
        byCaller.merge(caller, 1, Integer::sum);
        tally.add(projects);
    }

    synchronized void end(StreamViewer viewer) {
        byCaller.computeIfPresent(caller(viewer.call()), (caller, open) -> open == 1 ? null : open - 1);
        tally.remove(viewer.filter().projects());
    }

    private static String caller(CallContext call) {
        String principal = call.origin().principal();
        return principal.equals(ANONYMOUS) ? call.remote().map(Remote::address).orElse(principal) : principal;
    }
}
