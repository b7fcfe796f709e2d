// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import eu.nephele.smo.api.graph.PlaceRequest;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.DesiredState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.placement.DecisionReason;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.store.Desired;
import eu.nephele.smo.core.contract.store.GraphRecord;
import eu.nephele.smo.core.engine.RandomGraphs.Draft;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.lab.simulator.ClusterModel;
import eu.nephele.smo.lab.simulator.Scenario;
import eu.nephele.smo.lab.simulator.federation.SimulatedFederation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One federation with tight clusters and some graphs, to which all kinds of things happen by chance; what must always
 * hold is looked at every 100 ms.
 */
final class FailoverCase {

    private static final long GIB = 1L << 30;
    private static final Duration LONGEST_END = Duration.ofMinutes(4);

    private final Random random;
    private final boolean crashes;
    private final EmbeddedCore core;
    private final RandomGraphs graphs;
    private final List<String> clusters = new ArrayList<>();
    private final Set<String> down = new TreeSet<>();
    private final Map<GraphId, Draft> drafts = new TreeMap<>();
    private final FailoverRules rules;
    private final List<String> diary = new ArrayList<>();
    private final Instant begin;
    private int graphNumbers;

    FailoverCase(long seed, Stores stores) {
        this.random = new Random(seed * 7919);
        this.crashes = seed % 3 == 0;
        List<ClusterModel> models = new ArrayList<>();
        int count = 2 + random.nextInt(5);
        for (int i = 1; i <= count; i++) {
            clusters.add("c" + i);
            long cpuMillis = 500L * (3 + random.nextInt(14));
            models.add(ClusterModel.of("c" + i, new Resources(cpuMillis, 64 * GIB, 1000 * GIB, 0)));
        }
        Duration startUp = Duration.ofMillis(300 + random.nextInt(4000));
        this.core = new EmbeddedCore(Scenario.of(startUp, models.toArray(ClusterModel[]::new)), stores);
        this.graphs = new RandomGraphs(random, clusters);
        this.rules = new FailoverRules(core);
        this.begin = core.clock.instant();
    }

    /** @return counts of decisions by reason, and of moves: to see that the cases are worth it */
    Map<String, Integer> run() {
        try {
            pass(Duration.ofMillis(500));
            int first = 1 + Math.min(random.nextInt(12), random.nextInt(12));
            for (int i = 0; i < first; i++) {
                deploy();
            }
            pass(Duration.ofSeconds(3 + random.nextInt(6)));
            int events = 5 + random.nextInt(8);
            for (int i = 0; i < events; i++) {
                happen();
                pass(between());
                rules.coveredByDecisions();
            }
            end();
            return rules.tally();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(e.getMessage() + "\n  " + String.join("\n  ", diary), e);
        } finally {
            core.stopEngine();
            core.strategies.close();
            core.world.close();
        }
    }

    /** First what holds although clusters are away; then everything is back, and nothing may be left over. */
    private void end() {
        pass(Duration.ofSeconds(16));
        rules.reservedAsDecided();
        note("all is well again");
        down.forEach(this::restore);
        down.clear();
        clusters.forEach(cluster -> core.doors().clusters().uncordon(id(cluster), CallContext.INTERNAL));
        records().stream().filter(record -> record.desired().paused()).forEach(record -> {
            core.graphs().pause(record.id(), false, CallContext.INTERNAL);
            rules.paused(record.id(), false);
        });
        Instant until = core.clock.instant().plus(LONGEST_END);
        while (!rules.unsettled().isEmpty() && core.clock.instant().isBefore(until)) {
            pass(Duration.ofSeconds(2));
        }
        if (!rules.unsettled().isEmpty()) {
            throw new AssertionError("does not come to rest: " + rules.unsettled());
        }
        rules.coveredByDecisions();
        rules.reservedAsDecided();
        rules.worldAsDecided();
    }

    private Duration between() {
        return random.nextInt(3) == 0
                ? Duration.ofSeconds(10 + random.nextInt(10))
                : Duration.ofMillis(100L * random.nextInt(60));
    }

    private void pass(Duration duration) {
        long steps = duration.toMillis() / EmbeddedCore.STEP.toMillis();
        long crashAt = crashes && random.nextInt(3) == 0 ? random.nextInt((int) steps + 1) : -1;
        for (long step = 0; step < steps; step++) {
            if (step == crashAt) {
                note("crash");
                core.stopEngine();
                core.startEngine();
            }
            core.pass(EmbeddedCore.STEP);
            rules.neverExceedsACapacity();
        }
    }

    private void happen() {
        try {
            switch (random.nextInt(15)) {
                case 0, 1, 2 -> fail();
                case 3, 4 -> comeBack();
                case 5 -> direct();
                case 6, 7, 8 -> place();
                case 9, 10 -> update();
                case 11 -> stopOrStart();
                case 12, 13 -> load();
                default -> pauseOrCome();
            }
        } catch (SmoException e) {
            note("  refused: " + e.getMessage());
            if (e.kind() != SmoException.Kind.CONFLICT && e.kind() != SmoException.Kind.INVALID) {
                throw e;
            }
        }
    }

    private void fail() {
        List<String> up = clusters.stream().filter(name -> !down.contains(name)).toList();
        if (up.size() > 1) {
            String cluster = pick(up);
            note(cluster + " fails");
            down.add(cluster);
            core.world.failCluster(cluster);
            rules.failed(id(cluster));
        }
    }

    private void comeBack() {
        if (down.isEmpty()) {
            fail();
            return;
        }
        String cluster = pick(List.copyOf(down));
        down.remove(cluster);
        note(cluster + " returns");
        restore(cluster);
    }

    private void restore(String cluster) {
        core.world.restoreCluster(cluster);
        rules.returned(id(cluster));
    }

    private void direct() {
        String cluster = pick(clusters);
        switch (random.nextInt(3)) {
            case 0 -> {
                note("cordon " + cluster);
                core.doors().clusters().cordon(id(cluster), "test", CallContext.INTERNAL);
            }
            case 1 -> {
                note("drain " + cluster);
                core.doors().clusters().drain(id(cluster), "test", CallContext.INTERNAL);
                rules.drained(id(cluster));
            }
            default ->
                clusters.forEach(each -> {
                    note("uncordon " + each);
                    core.doors().clusters().uncordon(id(each), CallContext.INTERNAL);
                });
        }
    }

    private void place() {
        Draft draft = anyDraft();
        Set<String> services =
                random.nextBoolean() ? Set.of() : Set.of(pick(draft.services()).id());
        PlaceRequest request =
                switch (random.nextInt(3)) {
                    case 0 -> PlaceRequest.replace();
                    case 1 -> request(DecisionReason.MOVE, services, Optional.empty());
                    default -> request(DecisionReason.OFFLOAD, services, Optional.of(id(pick(clusters))));
                };
        note("place %s %s %s %s".formatted(draft.name(), request.reason(), services, request.target()));
        core.place(graph(draft), request);
    }

    private void update() {
        Draft next = graphs.changed(anyDraft());
        note("update %s to %s".formatted(next.name(), next.services()));
        core.update("p", next.yaml());
        drafts.put(graph(next), next);
    }

    private void stopOrStart() {
        GraphRecord record = pick(records());
        boolean stopped = record.desired().state() == DesiredState.STOPPED;
        note((stopped ? "start " : "stop ") + record.id().name());
        if (stopped) {
            core.start(record.id());
        } else {
            core.stop(record.id());
        }
    }

    private void load() {
        String service = pick(anyDraft().services()).id();
        int perSecond = random.nextInt(50);
        note("load of %s is %d/s".formatted(service, perSecond));
        core.world.setLoad(service, perSecond);
    }

    private void pauseOrCome() {
        if (random.nextBoolean()) {
            deploy();
            return;
        }
        Desired desired = pick(records()).desired();
        note((desired.paused() ? "resume " : "pause ") + desired.id().name());
        core.graphs().pause(desired.id(), !desired.paused(), CallContext.INTERNAL);
        rules.paused(desired.id(), !desired.paused());
    }

    private void deploy() {
        List<String> head = new ArrayList<>();
        boolean returns = random.nextBoolean();
        int moves = random.nextInt(3) == 0 ? random.nextInt(4) : -1;
        head.add("lifecycle: { onClusterReturn: %s%s }"
                .formatted(returns ? "return" : "stay", moves < 0 ? "" : ", maxMovesPerHour: " + moves));
        if (random.nextInt(3) == 0) {
            head.add("strategies: { scaling: { id: optimal, intervalSeconds: 5 } }");
        }
        Draft draft = graphs.graph("g" + ++graphNumbers, head, 3);
        note("deploy %s %s: %s".formatted(draft.name(), head, draft.services()));
        rules.known(graph(draft), returns, moves);
        core.deploy("p", draft.yaml());
        drafts.put(graph(draft), draft);
    }

    private void note(String what) {
        diary.add("%6.1f s  %s"
                .formatted(Duration.between(begin, core.clock.instant()).toMillis() / 1000.0, what));
    }

    private List<GraphRecord> records() {
        return core.stores.graphs().list();
    }

    private Draft anyDraft() {
        return pick(List.copyOf(drafts.values()));
    }

    private static GraphId graph(Draft draft) {
        return new GraphId("p", draft.name());
    }

    private static ClusterId id(String cluster) {
        return new ClusterId(SimulatedFederation.SOURCE, cluster);
    }

    private static PlaceRequest request(DecisionReason reason, Set<String> services, Optional<ClusterId> target) {
        return new PlaceRequest(reason, services, target, StrategySelection.UNSPECIFIED, false);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
