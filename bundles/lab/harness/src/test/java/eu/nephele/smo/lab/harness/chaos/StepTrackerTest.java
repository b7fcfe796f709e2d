// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepTrackerTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private final List<JsonNode> events = new ArrayList<>();

    @Test
    void whatWasAskedForLastsUntilItHasEnded() {
        event(1, "hdag.accepted", "p/g", "{'kind': 'deploy'}");
        event(3, "hdag.deployed", "p/g", "{}");
        event(5, "hdag.accepted", "p/g", "{'kind': 'remove'}");
        event(7, "hdag.removed", "p/g", "{}");
        assertThat(hit(0, 2, 4, 6, 8)).isEqualTo(Map.of(ServerStep.DEPLOY, 1, ServerStep.REMOVE, 1));
    }

    @Test
    void whatIsAskedForTakesThePlaceOfWhatWasGoingOn() {
        event(1, "hdag.accepted", "p/g", "{'kind': 'deploy'}");
        event(2, "scaling.decision_made", "p/g/a", "{}");
        event(3, "hdag.accepted", "p/g", "{'kind': 'place'}");
        event(5, "hdag.accepted", "p/g", "{'kind': 'stop'}");
        assertThat(hit(4)).isEqualTo(Map.of(ServerStep.DEPLOY, 1, ServerStep.SCALE, 1));
        assertThat(hit(6)).isEqualTo(Map.of(ServerStep.STOP, 1));
    }

    @Test
    void anAlertIsAStepFromTheDecisionToTheInstallation() {
        event(1, "alert.received", "p/g/a", "{'status': 'firing'}");
        event(
                3,
                "placement.decision_made",
                "p/g",
                "{'reason': 'update', 'placement': {'a': [], 'b': []}, 'moved': []}");
        event(5, "service.deployed", "p/g/a", "{}");
        event(
                7,
                "placement.decision_made",
                "p/g",
                "{'reason': 'update', 'placement': {'a': [], 'b': []}, 'moved': []}");
        assertThat(hit(2, 4, 6, 8)).isEqualTo(Map.of(ServerStep.ALERT, 1));
    }

    @Test
    void eachServiceThatLeavesALostClusterMovesByItself() {
        event(
                1,
                "placement.decision_made",
                "p/g",
                "{'reason': 'failover', 'placement': {'a': []}, 'moved': ['a', 'b']}");
        event(3, "service.moved", "p/g/a", "{}");
        event(5, "service.moved", "p/g/b", "{}");
        event(7, "placement.decision_made", "p/g", "{'reason': 'offload', 'placement': {'a': []}, 'moved': ['a']}");
        assertThat(hit(2, 4, 6, 8)).isEqualTo(Map.of(ServerStep.MOVE, 2));
    }

    @Test
    void scalingLastsUntilTheReplicasAreThere() {
        event(1, "scaling.decision_made", "p/g/a", "{}");
        event(1, "scaling.decision_made", "p/g/b", "{}");
        event(3, "service.scaled", "p/g/a", "{}");
        event(5, "service.scaled", "p/g/b", "{}");
        assertThat(hit(2, 4, 6)).isEqualTo(Map.of(ServerStep.SCALE, 2));
    }

    private Map<ServerStep, Integer> hit(int... seconds) {
        List<Instant> kills = new ArrayList<>();
        for (int second : seconds) {
            kills.add(START.plusSeconds(second));
        }
        return StepTracker.hit(kills, events);
    }

    private void event(int second, String type, String subject, String data) {
        String text = "{'type': '%s', 'subject': '%s', 'time': '%s', 'data': %s}"
                .formatted(type, subject, START.plusSeconds(second), data);
        try {
            events.add(new JsonMapper().readTree(text.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
