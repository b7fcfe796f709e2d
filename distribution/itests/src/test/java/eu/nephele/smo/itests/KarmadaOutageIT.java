// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.WorldKind;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The API server of Karmada is away: what runs goes on to run, what is asked for is kept and done soon after it is back. */
@Real
class KarmadaOutageIT {

    private static Outages outages;

    @BeforeAll
    static void start() throws Exception {
        outages = new Outages(RealWorld.startGated(WorldKind.KARMADA, 2));
        outages.deployAndAwait(Outages.STEADY);
    }

    @AfterAll
    static void end() throws Exception {
        if (outages != null) {
            outages.close();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Gate.State.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN")
    void whatRunsGoesOnAndWhatIsAskedForIsDoneAfterwards(Gate.State how) throws Exception {
        String graph = "waits-" + how.name().toLowerCase(Locale.ROOT);
        List<String> before = outages.readyPlaces(Outages.STEADY);
        assertThat(before).hasSize(1);
        outages.away(
                "karmada",
                how,
                () -> {
                    outages.deploy(graph);
                    assertThat(outages.readyPlaces(Outages.STEADY)).isEqualTo(before);
                },
                () -> {
                    outages.runsSoon(graph);
                    outages.runsSoon(Outages.STEADY);
                    assertThat(outages.readyPlaces(Outages.STEADY)).hasSize(1);
                    assertThat(outages.readyPlaces(graph)).hasSize(1);
                });
    }
}
