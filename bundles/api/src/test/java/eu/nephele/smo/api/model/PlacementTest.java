// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.Placement.Share;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final ClusterId C1 = new ClusterId("sim", "c1");
    private static final ClusterId C2 = new ClusterId("sim", "c2");

    private final Placement placement =
            new Placement(Map.of("web", List.of(new Share(C2, 3), new Share(C1, 2)), "db", List.of(new Share(C2, 1))));

    @Test
    void sharesAreInTheOrderOfClusters() {
        assertThat(placement.of("web")).containsExactly(new Share(C1, 2), new Share(C2, 3));
        assertThat(placement.clustersOf("web")).containsExactly(C1, C2);
        assertThat(placement.clusters()).containsExactly(C1, C2);
        assertThat(placement.clusterOf("web")).contains(C1);
        assertThat(placement.replicasOf("web")).isEqualTo(5);
    }

    @Test
    void aServiceThatIsNotPlacedHasNoShare() {
        assertThat(placement.of("other")).isEmpty();
        assertThat(placement.clusterOf("other")).isEmpty();
        assertThat(placement.clustersOf("other")).isEmpty();
        assertThat(placement.replicasOf("other")).isZero();
        assertThat(Placement.NONE.clusters()).isEmpty();
    }

    @Test
    void aServiceIsReplacedInACopy() {
        Placement other = placement.with("db", List.of(new Share(C1, 4)));
        assertThat(other.of("db")).containsExactly(new Share(C1, 4));
        assertThat(other.of("web")).isEqualTo(placement.of("web"));
        assertThat(placement.of("db")).containsExactly(new Share(C2, 1));
    }

    @Test
    void aWholePlacementKeepsTheOrderOfItsServices() {
        Map<String, ClusterId> clusters = new LinkedHashMap<>();
        clusters.put("web", C2);
        clusters.put("db", C1);
        Placement whole = Placement.whole(clusters, String::length);
        assertThat(whole.shares().keySet()).containsExactly("web", "db");
        assertThat(whole.of("web")).containsExactly(new Share(C2, 3));
        assertThat(whole.of("db")).containsExactly(new Share(C1, 2));
    }

    @Test
    void zeroReplicasKeepAPlaceAndFewerAreRefused() {
        assertThat(new Share(C1, 0).replicas()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new Share(C1, -1)).withMessageContaining("replicas=-1");
    }
}
