// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.cluster;
import static eu.nephele.smo.lab.simulator.Lab.cores;
import static eu.nephele.smo.lab.simulator.Lab.id;
import static eu.nephele.smo.lab.simulator.Lab.key;
import static eu.nephele.smo.lab.simulator.Lab.ref;
import static eu.nephele.smo.lab.simulator.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.lab.simulator.WorldSnapshot.PodPhase;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Capacity is kept under any sequence of orders and events. */
class CapacityPropertiesTest {

    private static final List<String> CLUSTERS = List.of("a", "b", "c");
    private static final List<String> SERVICES = List.of("s1", "s2", "s3", "s4");

    /** One action on the world. */
    record Move(String name, Consumer<Lab> action) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Property(tries = 300)
    void allocatedNeverExceedsWhatIsOffered(@ForAll("moves") List<Move> moves) {
        Lab lab = lab();
        for (Move move : moves) {
            move.action().accept(lab);
            assertThat(lab.world.snapshot().clusters())
                    .as("after %s of %s", move, moves)
                    .allMatch(cluster -> cluster.allocated().fitsInto(cluster.allocatable()))
                    .allMatch(cluster -> lab.world.overbookedEver()
                            || cluster.requested().fitsInto(cluster.allocatable())
                            || cluster.allocatable().cpuMillis() < capacityMillis(cluster.name()));
        }
    }

    @Property(tries = 100)
    void theBooksAreTheSumOfThePods(@ForAll("moves") List<Move> moves) {
        Lab lab = lab();
        moves.forEach(move -> move.action().accept(lab));
        WorldSnapshot world = lab.world.snapshot();
        for (WorldSnapshot.Cluster cluster : world.clusters()) {
            List<WorldSnapshot.PodSnapshot> pods = world.pods().stream()
                    .filter(pod -> pod.cluster().equals(cluster.name()))
                    .toList();
            long scheduled =
                    pods.stream().filter(pod -> pod.phase() != PodPhase.PENDING).count();
            assertThat(cluster.requested()).isEqualTo(cores(1).times(pods.size()));
            assertThat(cluster.allocated())
                    .isEqualTo(cores(1).times((int) scheduled).plus(cluster.foreign()));
        }
    }

    @Property(tries = 100)
    void theSameMovesMakeTheSameWorld(@ForAll("moves") List<Move> moves) {
        Lab one = lab();
        Lab other = lab();
        moves.forEach(move -> move.action().accept(one));
        moves.forEach(move -> move.action().accept(other));

        assertThat(one.world.snapshot()).isEqualTo(other.world.snapshot());
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Arbitraries.oneOf(
                        List.of(installs(), scalings(), removals(), failures(), drains(), foreignLoads(), waits()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    private static Lab lab() {
        return new Lab(Scenario.of(Lab.DELAY, cluster("a", 4), cluster("b", 2), cluster("c", 8)));
    }

    private static long capacityMillis(String cluster) {
        return switch (cluster) {
            case "a" -> 4000;
            case "b" -> 2000;
            default -> 8000;
        };
    }

    private static Arbitrary<Move> installs() {
        return Combinators.combine(
                        Arbitraries.of(SERVICES),
                        Arbitraries.of(CLUSTERS),
                        Arbitraries.integers().between(0, 5))
                .as((service, cluster, replicas) -> new Move(
                        "install %s ×%d on %s".formatted(service, replicas, cluster),
                        lab -> lab.world.deployer().ensureInstalled(request(service, replicas, cores(1), cluster))));
    }

    private static Arbitrary<Move> scalings() {
        Arbitrary<Integer> replicas = Arbitraries.integers().between(0, 6);
        return Combinators.combine(Arbitraries.of(SERVICES), replicas, replicas)
                .as((service, onA, onB) -> new Move("scale %s to a×%d b×%d".formatted(service, onA, onB), lab -> {
                    if (lab.world.deployer().state(ref(service)).isPresent()) {
                        lab.world
                                .runtime()
                                .ensureShares(
                                        key(service, 2), List.of(new Share(id("a"), onA), new Share(id("b"), onB)));
                    }
                }));
    }

    private static Arbitrary<Move> removals() {
        return Arbitraries.of(SERVICES)
                .map(service -> new Move(
                        "remove " + service, lab -> lab.world.deployer().ensureRemoved(key(service, 3), Lab.OWNER)));
    }

    private static Arbitrary<Move> failures() {
        return Combinators.combine(Arbitraries.of(CLUSTERS), Arbitraries.of(true, false))
                .as((cluster, fails) -> fails
                        ? new Move("fail " + cluster, lab -> lab.world.failCluster(cluster))
                        : new Move("restore " + cluster, lab -> lab.world.restoreCluster(cluster)));
    }

    private static Arbitrary<Move> drains() {
        return Combinators.combine(Arbitraries.of(CLUSTERS), Arbitraries.of(0.0, 0.3, 0.5, 1.0))
                .as((cluster, fraction) -> new Move(
                        "drain " + cluster + " " + fraction, lab -> lab.world.drainCluster(cluster, fraction)));
    }

    private static Arbitrary<Move> foreignLoads() {
        return Combinators.combine(Arbitraries.of(CLUSTERS), Arbitraries.of(0, 500, 3000, 9000))
                .as((cluster, millis) -> new Move(
                        "foreign load %d on %s".formatted(millis, cluster),
                        lab -> lab.world.setForeignLoad(cluster, new Resources(millis, 0, 0, 0))));
    }

    private static Arbitrary<Move> waits() {
        return Arbitraries.of(100, 1000, 2000, 60000)
                .map(millis -> new Move("wait " + millis, lab -> lab.pass(Duration.ofMillis(millis))));
    }
}
