// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static eu.nephele.smo.core.journal.ConfigurationBounds.atLeastOne;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;
import eu.nephele.smo.core.contract.decision.StrategyControl.StrategyStatus;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies.Activation;
import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayRequest;
import eu.nephele.smo.core.contract.store.DecisionStore;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replays, one at a time, on a thread that is there only while one runs. */
@Component(service = ReplayRunner.class, configurationPid = "eu.nephele.smo.core.journal")
public final class ReplayRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRunner.class);
    private static final int KEPT = 20;
    private static final long END_MILLIS = 4000;

    private final int most;
    private final DecisionStore store;
    private final DecisionTrials trials;
    private final StrategyControl control;
    private final PlacementReplay placements;
    private final AtomicReference<@Nullable ReplacedStrategies> replaced = new AtomicReference<>();
    private final Clock clock;
    private final DecisionIds ids;
    private final Deque<ReplayRun> runs = new ArrayDeque<>();
    private Optional<Thread> thread = Optional.empty();

    @Activate
    public ReplayRunner(
            JournalConfig config,
            @Reference DecisionStore store,
            @Reference DecisionTrials trials,
            @Reference ObjectivePricing pricing,
            @Reference StrategyCatalog catalog,
            @Reference StrategyControl control) {
        this(
                (int) atLeastOne("replayDecisions", config.replayDecisions()),
                store,
                trials,
                pricing,
                catalog,
                control,
                Clock.systemUTC());
    }

    /**
     * For programs that embed the core.
     *
     * @param most decisions that one replay may go through
     */
    public ReplayRunner(
            int most,
            DecisionStore store,
            DecisionTrials trials,
            ObjectivePricing pricing,
            StrategyCatalog catalog,
            StrategyControl control,
            Clock clock) {
        this.most = most;
        this.store = store;
        this.trials = trials;
        this.control = control;
        this.placements = new PlacementReplay(trials, pricing, new ObjectiveVersions(Optional.of(catalog)));
        this.clock = clock;
        this.ids = new DecisionIds(clock, UUID.randomUUID().toString().substring(0, 4));
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void setReplaced(ReplacedStrategies present) {
        replaced.set(present);
    }

    /** Another one may have taken its place. */
    void unsetReplaced(ReplacedStrategies former) {
        replaced.compareAndSet(former, null);
    }

    public synchronized Replay begin(ReplayRequest question, RequestOrigin origin) {
        check(question);
        SubstituteStrategies substituteStrategies = standins(question);
        if (thread.map(Thread::isAlive).orElse(false)) {
            throw SmoException.conflict("Replay %s is running; wait until it is done."
                    .formatted(runs.getFirst().latest().id()));
        }
        ReplayRun run =
                new ReplayRun("replay-" + ids.next(), question, substituteStrategies, store, trials, placements, clock);
        runs.addFirst(run);
        if (runs.size() > KEPT) {
            runs.removeLast();
        }
        Thread made = new Thread(run, "smo-replay");
        made.setDaemon(true);
        made.start();
        thread = Optional.of(made);
        LOG.info(
                "replay started replay={} principal={} request=\"{}\"",
                run.latest().id(),
                origin.principal(),
                question);
        return run.latest();
    }

    private void check(ReplayRequest question) {
        List<Violation> violations = new ArrayList<>();
        if (!question.from().isBefore(question.until())) {
            violations.add(new Violation(
                    "/until", "'%s' is not after 'from' (%s)".formatted(question.until(), question.from())));
        }
        if (question.limit() < 1 || question.limit() > most) {
            violations.add(new Violation("/limit", "Expected 1 to %d, got %d".formatted(most, question.limit())));
        }
        question.kind()
                .filter(kind -> !kind.equals(StrategyRef.PLACEMENT) && !kind.equals(StrategyRef.SCALING))
                .ifPresent(kind -> violations.add(
                        new Violation("/kind", "Expected placement or scaling, got '%s'".formatted(kind))));
        if (question.strategy().isEmpty()
                && (question.version().isPresent() || question.parameters().isPresent())) {
            violations.add(new Violation("/strategy", "A version or parameters need a strategy"));
        }
        if (!violations.isEmpty()) {
            throw SmoException.invalid("The replay request is invalid.", violations);
        }
    }

    private SubstituteStrategies standins(ReplayRequest question) {
        Map<String, SubstituteStrategy> installed = instead(question, installed());
        if (question.strategy().isEmpty() || !installed.isEmpty()) {
            return new SubstituteStrategies(installed, Optional.empty());
        }
        Map<String, SubstituteStrategy> kept =
                instead(question, question.version().isPresent() ? kept() : List.of());
        StrategyRef former = kept.values().stream()
                .map(SubstituteStrategy::strategy)
                .findFirst()
                .orElseThrow(() -> notFound(question));
        return new SubstituteStrategies(kept, Optional.of(() -> bringUp(former)));
    }

    private List<StrategyRef> installed() {
        return control.standings(CallContext.INTERNAL).stream()
                .map(StrategyStatus::ref)
                .toList();
    }

    /** Returns the removed versions; they run only if a replay names them. */
    private List<StrategyRef> kept() {
        return Optional.ofNullable(replaced.get()).map(ReplacedStrategies::kept).orElse(List.of());
    }

    private Activation bringUp(StrategyRef former) {
        return Optional.ofNullable(replaced.get())
                .orElseThrow(() -> SmoException.of(
                        SmoException.Kind.UNAVAILABLE,
                        "smo",
                        "No plugin service is available to start %s %s".formatted(former.id(), former.version()),
                        Optional.empty()))
                .bringUp(former);
    }

    /** By kind; empty when those decide that decided. */
    private static Map<String, SubstituteStrategy> instead(ReplayRequest question, List<StrategyRef> there) {
        Map<String, SubstituteStrategy> instead = new HashMap<>();
        question.strategy().ifPresent(id -> List.of(StrategyRef.PLACEMENT, StrategyRef.SCALING).stream()
                .filter(kind -> question.kind().map(kind::equals).orElse(true))
                .forEach(kind -> highest(there, kind, id, question.version())
                        .ifPresent(ref -> instead.put(kind, new SubstituteStrategy(ref, question.parameters())))));
        return instead;
    }

    private static SmoException notFound(ReplayRequest question) {
        return SmoException.invalid(
                "The replay request is invalid.",
                List.of(new Violation(
                        "/strategy",
                        "Strategy '%s'%s is not installed, nor is its content kept"
                                .formatted(
                                        question.strategy().orElse(""),
                                        question.version()
                                                .map(version -> " " + version)
                                                .orElse("")))));
    }

    /** A version alone means that one, brackets mean a range. */
    private static Optional<StrategyRef> highest(
            List<StrategyRef> there, String kind, String id, Optional<String> version) {
        Predicate<StrategyRef> wanted = version.map(ReplayRunner::versions).orElse(ref -> true);
        return there.stream()
                .filter(ref -> ref.kind().equals(kind) && ref.id().equals(id))
                .filter(wanted)
                .max(Comparator.comparing(ref -> Version.parseVersion(ref.version())));
    }

    private static Predicate<StrategyRef> versions(String text) {
        try {
            boolean range = text.strip().startsWith("[") || text.strip().startsWith("(");
            VersionRange versions = range
                    ? VersionRange.valueOf(text)
                    : new VersionRange(
                            VersionRange.LEFT_CLOSED,
                            Version.parseVersion(text),
                            Version.parseVersion(text),
                            VersionRange.RIGHT_CLOSED);
            return ref -> versions.includes(Version.parseVersion(ref.version()));
        } catch (IllegalArgumentException malformed) {
            throw SmoException.invalid(
                    "The replay request is invalid.",
                    List.of(new Violation(
                            "/version",
                            "'%s' is neither a version such as 1.0.0 nor a range such as [1.0,2.0)".formatted(text))));
        }
    }

    public synchronized List<Replay> replays() {
        return runs.stream().map(ReplayRun::latest).toList();
    }

    public Optional<Replay> find(String id) {
        return replays().stream().filter(replay -> replay.id().equals(id)).findFirst();
    }

    public synchronized void cancel(String id) {
        runs.stream().filter(run -> run.latest().id().equals(id)).forEach(ReplayRun::end);
    }

    /** Waits for the decision in hand only. */
    @Deactivate
    @Override
    public void close() {
        Optional<Thread> running;
        synchronized (this) {
            runs.forEach(ReplayRun::end);
            running = thread;
        }
        if (running.isPresent()) {
            try {
                running.get().join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
