// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.testbed.WorldKind;
import eu.nephele.smo.lab.testkit.Await;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How soon a service leaves a cluster that is lost, with the grace that clusters have by default: noticed within 10 s, running
 * elsewhere within 20 s, and nothing moves for a blip of 5 s.
 */
@Real
class FailoverIT {

    private static final int BLIP_SECONDS = 5;
    private static final int NOTICED_SECONDS = 10;
    private static final int ELSEWHERE_SECONDS = 20;
    private static final int BACK_SECONDS = 60;

    private static Outages outages;

    @BeforeAll
    static void start() throws Exception {
        outages = new Outages(RealWorld.startGatedAndPatient(WorldKind.CONTEXTS, 2));
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
    void nothingMovesForABlip(Gate.State how) throws Exception {
        String place = outages.placeOf(Outages.STEADY);
        long failovers = failovers();
        Set<String> places = new TreeSet<>();
        Gate gate = outages.world.gates.gate(place);
        long begin = System.nanoTime();
        gate.set(how);
        try {
            Await.until("the outage is long enough", () -> {
                places.add(outages.placeOf(Outages.STEADY));
                return Outages.seconds(begin) >= BLIP_SECONDS;
            });
        } finally {
            gate.set(Gate.State.OPEN);
        }
        Await.until("a move would have been decided and begun", () -> {
            places.add(outages.placeOf(Outages.STEADY));
            return Outages.seconds(begin) >= ELSEWHERE_SECONDS;
        });
        assertThat(places).containsExactly(place);
        assertThat(failovers()).isEqualTo(failovers);
        outages.runsSoon(Outages.STEADY);
        assertThat(outages.readyPlaces(Outages.STEADY)).containsExactly(place + ":1");
    }

    @ParameterizedTest
    @EnumSource(value = Gate.State.class, mode = EnumSource.Mode.EXCLUDE, names = "OPEN")
    void aLossIsNoticedAndLeftInTime(Gate.State how) throws Exception {
        String lost = outages.placeOf(Outages.STEADY);
        String other = outages.world.members().stream()
                .filter(member -> !member.equals(lost))
                .findFirst()
                .orElseThrow();
        Gate gate = outages.world.gates.gate(lost);
        long begin = System.nanoTime();
        gate.set(how);
        double noticed;
        double elsewhere;
        try {
            Eventually.within(ELSEWHERE_SECONDS, () -> cluster(lost), seen -> assertThat(
                            seen.path("ready").asBoolean())
                    .as(seen.toPrettyString())
                    .isFalse());
            noticed = Outages.seconds(begin);
            Eventually.within(
                    2 * ELSEWHERE_SECONDS, () -> outages.world.ready(other, Outages.STEADY), ready -> assertThat(ready)
                            .isEqualTo(1));
            elsewhere = Outages.seconds(begin);
            outages.runsSoon(Outages.STEADY);
            assertThat(outages.placeOf(Outages.STEADY)).isEqualTo(other);
        } finally {
            gate.set(Gate.State.OPEN);
        }
        System.out.printf(
                "figures: %s: noticed after %.1f s, running elsewhere after %.1f s%n", how, noticed, elsewhere);
        assertThat(noticed).as("seconds until it was noticed").isLessThan(NOTICED_SECONDS);
        assertThat(elsewhere).as("seconds until it ran elsewhere").isLessThan(ELSEWHERE_SECONDS);
        Eventually.within(BACK_SECONDS, () -> cluster(lost), seen -> assertThat(
                        seen.path("ready").asBoolean())
                .isTrue());
        Eventually.within(BACK_SECONDS, () -> outages.readyPlaces(Outages.STEADY), places -> assertThat(places)
                .containsExactly(other + ":1"));
    }

    private static long failovers() throws Exception {
        return outages.world.api.decisions(Outages.STEADY).stream()
                .filter(decision -> decision.path("reason").asText().equals("failover"))
                .count();
    }

    private static JsonNode cluster(String name) throws Exception {
        RestClient.Answer answer = outages.world.client.get("/api/v1/clusters");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        for (JsonNode cluster : answer.json().path("items")) {
            if (cluster.path("name").asText().equals(name)) {
                return cluster;
            }
        }
        throw new AssertionError("No cluster " + name + " in " + answer.text());
    }
}
