// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.testbed.WorldKind;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One of two clusters is away: graphs are deployed on the other one, and nothing is left doubled when it is back. */
@Real
class MemberOutageIT {

    private static Outages outages;

    @BeforeAll
    static void start() throws Exception {
        outages = new Outages(RealWorld.startGated(WorldKind.CONTEXTS, 2));
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
    void graphsGoOnElsewhereAndNothingIsDoubledAfterwards(Gate.State how) throws Exception {
        String graph = "new-" + how.name().toLowerCase(Locale.ROOT);
        String lost = outages.placeOf(Outages.STEADY);
        outages.away(
                lost,
                how,
                () -> {
                    outages.deploy(graph);
                    outages.runsSoon(graph);
                    assertThat(outages.placeOf(graph)).isNotEqualTo(lost);
                },
                () -> {
                    outages.runsSoon(Outages.STEADY);
                    Eventually.within(30, () -> outages.readyPlaces(Outages.STEADY), places -> assertThat(places)
                            .containsExactly(outages.placeOf(Outages.STEADY) + ":1"));
                });
    }
}
