// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.placement.PlacementStrategy;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.plugin.ReplacedStrategies;
import eu.nephele.smo.core.contract.shadow.ReplayService.Replay;
import eu.nephele.smo.core.contract.shadow.ReplayService.ReplayRequest;
import eu.nephele.smo.core.store.Stores;
import eu.nephele.smo.core.strategies.StrategyModule;
import eu.nephele.smo.core.strategies.registry.RegistryEntry;
import eu.nephele.smo.core.strategies.settings.StrategySettings;
import eu.nephele.smo.lab.testkit.Await;
import eu.nephele.smo.placement.firstfit.FirstFitStrategy;
import eu.nephele.smo.placement.greedy.GreedyStrategy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version that an upgrade has replaced is brought up for a replay that names it, and taken out again. */
class ReplacedReplayTest {

    private static final StrategyRef FORMER = new StrategyRef(StrategyRef.PLACEMENT, "acme", "1.0.0");

    private final Instant begin = Instant.now().minusSeconds(1);
    private final List<String> happened = new ArrayList<>();
    private Stores stores;
    private StrategyModule live;
    private ReplayRunner replays;
    private Optional<SmoException> refusal = Optional.empty();

    @BeforeEach
    void open() throws Exception {
        stores = Stores.inMemory("replaced" + System.nanoTime());
        live = StrategyModule.create(() -> StrategySettings.DEFAULTS, Clock.systemUTC(), MetricsRecorder.NONE);
        install(new FirstFitStrategy(), "first-fit", "1.0.0");
        install(new FirstFitStrategy(), "acme", "2.0.0");
        decide();
        replays = new ReplayRunner(
                100,
                stores.decisions(),
                live.trials(),
                live.pricing(),
                live.catalog(),
                live.control(),
                Clock.systemUTC());
        replays.setReplaced(new Kept());
    }

    @AfterEach
    void close() {
        replays.close();
        live.close();
        stores.close();
    }

    private RegistryEntry install(PlacementStrategy strategy, String id, String version) {
        return live.registry().add(strategy, Map.of(PlacementStrategy.ID, id, PlacementStrategy.VERSION, version));
    }

    private void decide() {
        StoredJournal journal = new StoredJournal(
                new StoredJournal.JournalSettings(Duration.ofDays(1), 100, Duration.ofHours(1), 100, 20, Duration.ZERO),
                stores.decisions(),
                live.pricing(),
                Optional.of(live.catalog()),
                Optional.of(live.trials()),
                MetricsRecorder.NONE,
                Clock.systemUTC());
        live.observers().add(journal);
        Problems problems = new Problems(46);
        for (int i = 0; i < 20; i++) {
            stores.decisions()
                    .append(List.of(journal.recordOf(
                            live.placement().decide(problems.placement("g" + i), List.of(), Map.of()), 1)));
        }
        journal.close();
    }

    @Test
    void aReplacedStrategyIsActivatedReplayedAndDeactivated_F64() {
        Replay replay = replayed("1.0.0");

        assertThat(replay.state()).as(replay.message()).isEqualTo("done");
        assertThat(replay.replayed()).isEqualTo(20);
        assertThat(happened).containsExactly("up 1.0.0", "out 1.0.0");
        assertThat(versions()).containsExactly("2.0.0");
    }

    @Test
    void anInstalledVersionIsAskedBeforeOneThatWasReplaced() {
        assertThat(replayed("[1.0,3.0)").replayed()).isEqualTo(20);
        assertThat(happened).isEmpty();
    }

    @Test
    void withoutAVersionNothingIsBroughtUp() {
        assertThatThrownBy(() -> replays.begin(question("gone", Optional.empty()), RequestOrigin.INTERNAL))
                .hasMessageContaining("replay request is invalid");
        assertThat(happened).isEmpty();
    }

    @Test
    void whatDoesNotComeUpEndsTheReplayWithTheReason() {
        refusal = Optional.of(SmoException.of(
                SmoException.Kind.UNPROCESSABLE, "acme", "its activation did not end", Optional.empty()));

        Replay replay = replayed("1.0.0");

        assertThat(replay.state()).isEqualTo("failed");
        assertThat(replay.message()).contains("its activation did not end");
    }

    private List<String> versions() {
        return live.control().standings(CallContext.INTERNAL).stream()
                .filter(strategyStatus -> strategyStatus.ref().id().equals("acme"))
                .map(strategyStatus -> strategyStatus.ref().version())
                .toList();
    }

    private ReplayRequest question(String strategy, Optional<String> version) {
        return new ReplayRequest(
                begin,
                Instant.now().plusSeconds(60),
                Optional.empty(),
                Optional.of("placement"),
                Optional.of(strategy),
                version,
                Optional.empty(),
                100);
    }

    private Replay replayed(String version) {
        String id = replays.begin(question("acme", Optional.of(version)), RequestOrigin.INTERNAL)
                .id();
        Await.until(
                "the replay ends", () -> !replays.find(id).orElseThrow().state().equals("running"));
        return replays.find(id).orElseThrow();
    }

    /** Has acme 1.0.0, which decides as greedy does. */
    private final class Kept implements ReplacedStrategies {

        @Override
        public List<StrategyRef> kept() {
            return List.of(FORMER);
        }

        @Override
        public Activation bringUp(StrategyRef strategy) {
            refusal.ifPresent(why -> {
                throw why;
            });
            happened.add("up " + strategy.version());
            RegistryEntry there = install(new GreedyStrategy(), strategy.id(), strategy.version());
            return () -> {
                happened.add("out " + strategy.version());
                there.close();
            };
        }
    }
}
