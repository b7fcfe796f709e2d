// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.Plugin.OfferedService;
import eu.nephele.smo.core.contract.shadow.ReplayService;
import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayDifference;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayRequest;
import eu.nephele.smo.core.contract.store.DecisionStore;
import eu.nephele.smo.core.plugins.life.OptionalServices;
import eu.nephele.smo.core.plugins.life.PluginStartException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lets the strategies of a new version decide recorded decisions again before they decide anything for real. */
final class UpgradeRehearsal {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Live decisions go first; an upgrade does not wait for a quiet hour. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration REACH = Duration.ofDays(30);
    private static final int LOOK_MILLIS = 20;
    private static final String NO_ANSWER = "no answer";

    private static final Set<String> KINDS = Set.of("placement", "scaling");

    private final OptionalServices optionalServices;
    private final Clock clock;

    UpgradeRehearsal(OptionalServices optionalServices, Clock clock) {
        this.optionalServices = optionalServices;
        this.clock = clock;
    }

    /**
     * @param decisions at most this many, the newest
     * @return outcome, for people
     * @throws PluginStartException when a strategy fails on what the one before could decide
     */
    String run(List<OfferedService> services, int decisions) throws PluginStartException {
        Optional<ReplayService> replays = optionalServices.find(ReplayService.class);
        if (replays.isEmpty() || decisions == 0) {
            return "not rehearsed: " + (decisions == 0 ? "switched off" : "no replay service is available");
        }
        List<String> results = new ArrayList<>();
        for (OfferedService service : services) {
            if (KINDS.contains(service.kind())) {
                results.add(run(replays.get(), service, decisions));
            }
        }
        return results.isEmpty() ? "nothing to rehearse: it offers no strategy" : String.join("; ", results);
    }

    private String run(ReplayService replays, OfferedService service, int decisions) throws PluginStartException {
        Instant now = clock.instant();
        Replay replay;
        try {
            replay = await(
                    replays,
                    replays.begin(
                            new ReplayRequest(
                                    now.minus(REACH),
                                    now.plusSeconds(1),
                                    Optional.empty(),
                                    Optional.of(service.kind()),
                                    Optional.of(service.name()),
                                    Optional.of(service.version()),
                                    Optional.empty(),
                                    decisions),
                            CallContext.INTERNAL));
        } catch (SmoException refused) {
            return "%s not rehearsed: %s".formatted(service.name(), refused.getMessage());
        }
        if (replay.state().equals("failed")) {
            return "%s not rehearsed: %s".formatted(service.name(), replay.message());
        }
        List<ReplayDifference> failed = replay.differences().stream()
                .filter(difference -> difference.replayed().startsWith(NO_ANSWER))
                .filter(difference -> wasMadeBy(service, difference))
                .toList();
        if (!failed.isEmpty()) {
            throw new PluginStartException(
                    "%s %s fails on %d of %d recorded decisions, which the version before could make: %s"
                            .formatted(
                                    service.name(),
                                    service.version(),
                                    failed.size(),
                                    replay.decisions(),
                                    failed.get(0).replayed()));
        }
        if (replay.state().equals("running")) {
            replays.cancel(replay.id(), CallContext.INTERNAL);
            return "%s partly rehearsed: live decisions used all threads; %d decisions decided again, %d the same"
                    .formatted(service.name(), replay.replayed(), replay.identical());
        }
        return "%s: %d recorded decisions decided again, %d the same"
                .formatted(service.name(), replay.replayed(), replay.identical());
    }

    /** Decisions of other strategies prove nothing: their graphs may need what this one never supported. */
    private boolean wasMadeBy(OfferedService service, ReplayDifference difference) {
        String[] graph = difference.graph().split("/", 2);
        return graph.length == 2
                && optionalServices
                        .find(DecisionStore.class)
                        .flatMap(store -> store.find(new GraphId(graph[0], graph[1]), difference.decision()))
                        .filter(decision -> decision.strategy().id().equals(service.name()))
                        .isPresent();
    }

    private static Duration patience(Replay replay) {
        return replay.replayed() > 0 || replay.message().isEmpty() ? PATIENCE : FIRST;
    }

    private static Replay await(ReplayService replays, Replay begun) {
        long begin = System.nanoTime();
        Replay now = begun;
        while (now.state().equals("running")
                && System.nanoTime() - begin < patience(now).toNanos()) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException ended) {
                // the interruption is handled by the next step, which checks for the shutdown as well
                return now;
            }
            now = replays.find(begun.id(), CallContext.INTERNAL).orElse(now);
        }
        return now;
    }
}
