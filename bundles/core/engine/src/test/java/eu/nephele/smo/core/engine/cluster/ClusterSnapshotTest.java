// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A cluster that offers ten cores, of which two graphs use three and four beyond their reservations. */
class ClusterSnapshotTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");
    private static final GraphId A = new GraphId("p", "a");
    private static final GraphId B = new GraphId("p", "b");
    private static final GraphId NEW = new GraphId("p", "new");

    private final ClusterSnapshot snapshot = new ClusterSnapshot(
            Map.of(),
            Map.of(C1, cores(3)),
            Map.of(C1, cores(10), C2, cores(5)),
            Map.of(C1, Map.of(A, cores(3), B, cores(4))),
            Map.of(C1, Map.of(A, cores(1))),
            Set.of("sim", "other", "third"),
            Set.of("other"));

    @Test
    void aGraphIsOfferedAllButTheExcessOfOthers() {
        assertThat(snapshot.offeredTo(A, C1)).isEqualTo(cores(6));
        assertThat(snapshot.offeredTo(B, C1)).isEqualTo(cores(7));
        assertThat(snapshot.offeredTo(NEW, C1)).isEqualTo(cores(3));
        assertThat(snapshot.offeredTo(A, C2)).isEqualTo(cores(5));
        assertThat(snapshot.offeredTo(A, new ClusterId("sim", "unknown"))).isEqualTo(Resources.NONE);
    }

    @Test
    void theExcessOfAGraphItselfIsRoomOnlyAsFarAsItIsGoingToEnd() {
        assertThat(snapshot.roomFor(A, C1)).as("two of three cores last").isEqualTo(cores(4));
        assertThat(snapshot.roomFor(B, C1)).as("all four cores last").isEqualTo(cores(3));
        assertThat(snapshot.roomFor(NEW, C1)).isEqualTo(cores(3));
        assertThat(snapshot.roomFor(A, C2)).isEqualTo(cores(5));
    }

    @Test
    void sourcesThatListTheirClustersWithoutOurPodsAreSilent() {
        assertThat(snapshot.silent()).containsExactly("sim", "third");
        ClusterSnapshot unknown = snapshot.unknown();
        assertThat(unknown.silent()).containsExactly("other", "sim", "third");
        assertThat(unknown.offeredTo(A, C1)).isEqualTo(cores(6));
        assertThat(unknown.limits()).isEqualTo(snapshot.limits());
    }

    private static Resources cores(int cores) {
        return new Resources(1000L * cores, 0, 0, 0);
    }
}
