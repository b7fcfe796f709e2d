// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator;

import static eu.nephele.smo.lab.simulator.Lab.id;
import static eu.nephele.smo.lab.simulator.Lab.ref;
import static eu.nephele.smo.lab.simulator.Lab.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.WorkloadObservation.OnCluster;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuntimeTest {

    private final Lab lab = new Lab();

    @Test
    void givesExactlyTheSharesAskedFor() {
        lab.install("web", 1, 1, "a");
        lab.shares("web", 2, share("a", 2), share("b", 1));
        assertThat(lab.on("web")).containsOnlyKeys(id("a"), id("b"));

        lab.shares("web", 3, share("b", 2));
        assertThat(lab.on("web")).containsOnlyKeys(id("b"));
        assertThat(lab.on("web").get(id("b")).desiredReplicas()).isEqualTo(2);
    }

    @Test
    void writesTheSameSharesOnce() {
        lab.install("web", 1, 1, "a");
        lab.shares("web", 2, share("a", 2));
        lab.shares("web", 2, share("a", 2));

        ReleaseState state = lab.world.deployer().state(ref("web")).orElseThrow();
        assertThat(state.revision()).isEqualTo(2);
        assertThat(state.assignment()).isEqualTo(2);
    }

    @Test
    void keepsThePlaceOfAWorkloadWithoutReplicas() {
        lab.install("web", 1, 1, "a");
        lab.shares("web", 2, share("a", 0));

        assertThat(lab.on("web")).containsEntry(id("a"), new OnCluster(0, 0, Resources.NONE));
        assertThat(lab.message("web")).isEmpty();
    }

    @Test
    void knowsOnlyWhatIsInstalled() {
        assertThat(lab.observed("ghost")).isEmpty();
        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> lab.shares("ghost", 1, share("a", 1)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NOT_FOUND))
                .withMessageContaining("release of p/g/ghost does not exist");
        assertThatIllegalArgumentException().isThrownBy(() -> lab.shares("ghost", 1));
    }

    @Test
    void observesManyWorkloadsInOneCall() {
        Lab large = new Lab(Scenario.of(Lab.DELAY, Lab.cluster("a", 1000)));
        List<String> services = IntStream.range(0, 600).mapToObj(i -> "s" + i).toList();
        services.forEach(service -> large.install(service, 1, 1, "a"));
        large.passStartup();

        assertThat(large.world.runtime().observe(services.stream().map(Lab::ref).toList()))
                .hasSize(600)
                .allSatisfy((ref, seen) -> assertThat(seen.readyReplicas()).isEqualTo(1));
    }
}
