// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.cores;
import static eu.nephele.smo.lab.simulator.Lab.id;
import static eu.nephele.smo.lab.simulator.Lab.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.ClusterState;
import eu.nephele.smo.api.port.AdapterException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A client that follows changes of clusters has the same view as their list. */
class ClusterChangesTest {

    private final Lab lab = new Lab();

    @Test
    void tellOnlyTheClusterOnWhichAnythingChanged() {
        ClusterChanges all = lab.world.clustersSince(0);
        assertThat(ids(all)).containsExactly(id("a"), id("b"));

        lab.install("web", 1, 1, "b");
        ClusterChanges installed = lab.world.clustersSince(all.version());
        assertThat(ids(installed)).containsExactly(id("b"));
        assertThat(installed.complete()).isFalse();

        lab.passStartup();
        assertThat(lab.world.clustersSince(installed.version()).clusters())
                .as("readiness of pods is nothing that clusters report")
                .isEmpty();
    }

    @Test
    void tellAllToWhoDoesNotKnowThatAClusterLeft() {
        long before = lab.world.clustersSince(0).version();
        lab.world.removeCluster("a");
        ClusterChanges after = lab.world.clustersSince(before);
        assertThat(after.complete()).isTrue();
        assertThat(ids(after)).containsExactly(id("b"));
        assertThat(lab.world.clustersSince(after.version()).complete()).isFalse();
    }

    @Test
    void tellAllToWhoComesFromAnotherWorld() {
        ClusterChanges told = lab.world.clustersSince(1_000_000);
        assertThat(told.complete()).isTrue();
        assertThat(ids(told)).containsExactly(id("a"), id("b"));
    }

    @Test
    void tellNothingWhileTheRegistryIsOut() {
        lab.world.begin(Outage.REGISTRY);
        assertThatThrownBy(() -> lab.world.clustersSince(0)).isInstanceOf(AdapterException.class);
    }

    @Property(tries = 100)
    void whatIsPutTogetherIsWhatIsListed(@ForAll("deeds") List<Consumer<Lab>> deeds) {
        Lab anew = new Lab();
        TreeMap<ClusterId, ClusterState> known = new TreeMap<>();
        long version = 0;
        for (Consumer<Lab> deed : deeds) {
            try {
                deed.accept(anew);
            } catch (AdapterException | IllegalStateException | NoSuchElementException notNow) {
                // the cluster or release does not exist at this moment
            }
            ClusterChanges changes = anew.world.clustersSince(version);
            if (changes.complete()) {
                known.clear();
            }
            changes.clusters().forEach(state -> known.put(state.id(), state));
            version = changes.version();
            assertThat(timeless(known.values()))
                    .isEqualTo(timeless(anew.world.clusters().clusters()));
        }
    }

    @Provide
    Arbitrary<List<Consumer<Lab>>> deeds() {
        Arbitrary<String> cluster = Arbitraries.of("a", "b", "c");
        Arbitrary<String> service = Arbitraries.of("web", "db");
        return Arbitraries.oneOf(
                        cluster.map(name -> deed(lab -> lab.world.addCluster(Lab.cluster(name, 3)))),
                        cluster.map(name -> deed(lab -> lab.world.removeCluster(name))),
                        cluster.map(name -> deed(lab -> lab.world.failCluster(name))),
                        cluster.map(name -> deed(lab -> lab.world.restoreCluster(name))),
                        cluster.map(name -> deed(lab -> lab.world.drainCluster(name, 0.75))),
                        cluster.map(name -> deed(lab -> lab.world.setForeignLoad(name, cores(1)))),
                        service.flatMap(name -> cluster.map(on -> deed(lab -> lab.install(name, 2, 1, on)))),
                        service.flatMap(name -> cluster.map(on -> deed(lab -> lab.shares(name, 1, share(on, 3))))),
                        service.map(
                                name -> deed(lab -> lab.world.deployer().ensureRemoved(Lab.key(name, 2), Lab.OWNER))),
                        Arbitraries.just(deed(Lab::passStartup)))
                .list()
                .ofMaxSize(12);
    }

    private static Consumer<Lab> deed(Consumer<Lab> deed) {
        return deed;
    }

    private static List<ClusterId> ids(ClusterChanges changes) {
        return changes.clusters().stream().map(ClusterState::id).toList();
    }

    /** The time of a report is no change. */
    private static List<ClusterState> timeless(Iterable<ClusterState> states) {
        List<ClusterState> bare = new ArrayList<>();
        for (ClusterState state : states) {
            bare.add(new ClusterState(
                    state.id(),
                    state.ready(),
                    state.allocatable(),
                    state.allocated(),
                    state.location(),
                    state.labels(),
                    state.energy(),
                    Set.of(),
                    Instant.EPOCH));
        }
        return bare;
    }
}
