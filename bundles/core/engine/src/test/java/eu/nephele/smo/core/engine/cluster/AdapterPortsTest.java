// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ClusterRegistry;
import eu.nephele.smo.api.port.MetricQuery;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.Subscription;
import eu.nephele.smo.api.port.WorkloadObservation;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.api.port.WorkloadRuntime;
import eu.nephele.smo.api.scaling.LoadPoint;
import eu.nephele.smo.core.contract.outside.HighestRanked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Constants;

/** Several adapters for the same thing, and adapters of which one fails. */
class AdapterPortsTest {

    private static final WorkloadRef WEB = new WorkloadRef(new GraphId("p", "g"), "web");

    private final AdapterPorts ports = new AdapterPorts();

    @Test
    void theHighestRankingIsAskedAndGivesThePlaceBack() {
        MetricsSource ours = new Load(1);
        MetricsSource partners = new Load(2);
        ports.add(MetricsSource.class, "", partners, 10);
        ports.add(MetricsSource.class, "", ours, 0);
        assertThat(load()).isEqualTo(2);
        ports.remove(MetricsSource.class, "", partners);
        assertThat(load()).isEqualTo(1);
        ports.remove(MetricsSource.class, "", ours);
        assertThat(ports.metrics()).isEmpty();
    }

    @Test
    void aSuccessorTakesOverAndLeavesThePlaceToItsPredecessor() {
        WorkloadRuntime first = new Seeing("a");
        WorkloadRuntime second = new Seeing("a");
        ports.add(WorkloadRuntime.class, "a", first);
        ports.add(WorkloadRuntime.class, "a", second);
        assertThat(ports.runtime("a")).isSameAs(second);
        ports.remove(WorkloadRuntime.class, "a", second);
        assertThat(ports.runtime("a")).isSameAs(first);
    }

    /** Rankings in the order in which the services come. */
    @ParameterizedTest
    @CsvSource({"0 0, 1", "5 5 5, 2", "0 10 10, 2", "10 0, 0", "10 10 0, 1", "-1 0 0 -1, 2"})
    void theBestRankedAdapterIsChosenEverywhere(String rankings, int asked) {
        List<MetricsSource> came = new ArrayList<>();
        List<Map.Entry<Map<String, Object>, MetricsSource>> services = new ArrayList<>();
        for (String ranking : rankings.split(" ", -1)) {
            came.add(new Load(came.size()));
            services.add(
                    0,
                    Map.entry(
                            Map.of(
                                    Constants.SERVICE_ID,
                                    (long) came.size(),
                                    Constants.SERVICE_RANKING,
                                    Integer.valueOf(ranking)),
                            came.get(came.size() - 1)));
            ports.add(MetricsSource.class, "", came.get(came.size() - 1), Integer.parseInt(ranking));
        }
        assertThat(load()).isEqualTo(asked);
        assertThat(HighestRanked.find(services).map(Map.Entry::getValue)).containsSame(came.get(asked));
    }

    @Test
    void aSourceThatFailsHidesOnlyWhatIsThere() {
        ports.add(WorkloadRuntime.class, "a", new Seeing("a"));
        ports.add(WorkloadRuntime.class, "b", new Blind());
        assertThat(ports.observe(List.of(WEB), Set.of("a"))).containsOnlyKeys(WEB);
        assertThatThrownBy(() -> ports.observe(List.of(WEB), Set.of("a", "b")))
                .isInstanceOf(AdapterException.class)
                .hasMessage("b is away");
        AdapterPorts.WorkloadObservations workloadObservations = ports.sight(List.of(WEB));
        assertThat(workloadObservations.workloads()).containsOnlyKeys(WEB);
        assertThat(workloadObservations.failed()).containsOnlyKeys("b");
    }

    @Test
    void whoHasNotSaidWhereItRunsIsSeenBySourcesThatAllAnswer() {
        ports.add(WorkloadRuntime.class, "b", new Blind());
        assertThatThrownBy(() -> ports.observe(List.of(WEB), Set.of())).isInstanceOf(AdapterException.class);
    }

    @Test
    void aRegistryThatLeavesWhileItIsAskedTellsNoMore() {
        ClusterRegistry leaving = new ClusterRegistry() {
            @Override
            public List<ClusterState> clusters() {
                ports.remove(ClusterRegistry.class, "a", this);
                return List.of();
            }

            @Override
            public Subscription subscribe(Runnable onChange) {
                return () -> {};
            }
        };
        ports.add(ClusterRegistry.class, "a", leaving);
        ports.clusters();
        assertThat(ports.answering()).isEmpty();
    }

    @Test
    void howAClusterIsReachedIsUnknownWhileItsRegistryIsAway() {
        assertThatThrownBy(() -> ports.target(new ClusterId("a", "c1")))
                .isInstanceOfSatisfying(AdapterException.class, away -> assertThat(away.kind())
                        .isEqualTo(AdapterException.Kind.UNAVAILABLE));
    }

    @Test
    void anAdapterOfTwoPortsTellsOfTheOneThatStays() {
        Both both = new Both();
        ports.add(ClusterRegistry.class, "a", both);
        ports.add(WorkloadRuntime.class, "a", both);
        ports.remove(ClusterRegistry.class, "a", both);
        assertThat(both.ended).containsExactly("clusters");
        ports.close();
        assertThat(both.ended).containsExactly("clusters", "workloads");
    }

    private static final class Both extends Seeing implements ClusterRegistry {

        private final List<String> ended = new ArrayList<>();

        Both() {
            super("a");
        }

        @Override
        public List<ClusterState> clusters() {
            return List.of();
        }

        @Override
        public Subscription subscribe(Runnable onChange) {
            return () -> ended.add("clusters");
        }

        @Override
        public Subscription subscribe(Consumer<WorkloadRef> onChange) {
            return () -> ended.add("workloads");
        }
    }

    private double load() {
        MetricQuery rate = new MetricQuery(MetricQuery.REQUEST_RATE, WEB, Duration.ofMinutes(1), Optional.empty());
        return ports.metrics().orElseThrow().instant(List.of(rate)).get(rate);
    }

    /** Measures the same of everything. */
    private record Load(double value) implements MetricsSource {
        @Override
        public Map<MetricQuery, Double> instant(Collection<MetricQuery> queries) {
            return queries.stream().collect(Collectors.toMap(query -> query, query -> value));
        }

        @Override
        public Map<MetricQuery, List<LoadPoint>> range(Collection<MetricQuery> queries, Duration range, Duration step) {
            return Map.of();
        }
    }

    private static class Seeing implements WorkloadRuntime {

        private final String source;

        Seeing(String source) {
            this.source = source;
        }

        @Override
        public void ensureShares(StepKey key, List<Share> shares) {}

        @Override
        public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
            return Map.of(
                    WEB,
                    new WorkloadObservation(
                            WEB,
                            Map.of(new ClusterId(source, "c"), new WorkloadObservation.OnCluster(1, 1, Resources.NONE)),
                            ""));
        }

        @Override
        public Subscription subscribe(Consumer<WorkloadRef> onChange) {
            return () -> {};
        }
    }

    private static final class Blind extends Seeing {

        Blind() {
            super("b");
        }

        @Override
        public Map<WorkloadRef, WorkloadObservation> observe(Collection<WorkloadRef> workloads) {
            throw new AdapterException(AdapterException.Kind.UNAVAILABLE, "b", "b is away");
        }
    }
}
