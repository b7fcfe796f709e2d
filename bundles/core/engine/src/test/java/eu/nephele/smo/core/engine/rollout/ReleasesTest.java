// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.WorkloadRef;
import eu.nephele.smo.core.engine.cluster.Ports;
import eu.nephele.smo.core.engine.rollout.Applied.Wanted;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReleasesTest {

    @Test
    void aReleaseThatIsKnownIsNotWorkedOutAgain() {
        Ports ports = new Ports();
        Releases releases = new Releases(ports, new ReleaseRequests(ports, "owner"));
        WorkloadRef workload = new WorkloadRef(new GraphId("p", "g"), "a");
        AtomicInteger workedOut = new AtomicInteger();
        for (int pass = 0; pass < 3; pass++) {
            releases.trust(workload, () -> {
                workedOut.incrementAndGet();
                return new Wanted("digest", Resources.NONE, List.of());
            });
        }
        assertThat(workedOut).hasValue(1);
        releases.suspect(workload, () -> {
            throw new AssertionError("worked out although it is known");
        });
        assertThat(releases.isTampered(workload)).isFalse();
    }
}
