// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.ClusterService.Directive;
import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.port.EngineSummary;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each server has a reason. */
class ServerCandidatesTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final String SERVER = """
              - name: %s
                host: %s.example
                ssh_user: deploy
                ssh_key: /etc/smo/key
                max_containers: 4
            """;

    private static EngineSummary engine(String name, int containers, Optional<String> failure) {
        return new EngineSummary(new ClusterId("docker", name), "4.3.1", "vfs", 1, containers, 4, failure);
    }

    private static ContainersFile file(String more, String... servers) {
        StringBuilder text = new StringBuilder("servers:\n");
        for (String server : servers) {
            text.append(SERVER.formatted(server, server));
        }
        return Texts.read(text + Texts.service(more).substring(Texts.LEAST.indexOf("services:")));
    }

    private static List<String> judged(
            ContainersFile file,
            Map<String, Integer> own,
            List<EngineSummary> engines,
            Map<String, Directive> directives) {
        Map<String, EngineSummary> byName = new HashMap<>();
        engines.forEach(engine -> byName.put(engine.server().name(), engine));
        return new ServerCandidates(file, file.service("web").orElseThrow(), NOON)
                .list(own, byName, directives).stream()
                        .map(candidate -> "%s%s %s"
                                .formatted(
                                        candidate.chosen() ? "*" : candidate.possible() ? "+" : "-",
                                        candidate.server().name(),
                                        candidate.reason()))
                        .toList();
    }

    @Test
    void theServerWithTheFewestOfTheServiceWins() {
        assertThat(judged(
                        file("", "b", "a", "c"),
                        Map.of("b", 1, "a", 1, "c", 2),
                        List.of(
                                engine("a", 3, Optional.empty()),
                                engine("b", 1, Optional.empty()),
                                engine("c", 2, Optional.empty())),
                        Map.of()))
                .containsExactly(
                        "*b 1 of this service there: the fewest of this service, the first of the file among equals",
                        "+a 1 of this service there",
                        "+c 2 of this service there");
    }

    @Test
    void whatKeepsAServerOutIsSaid() {
        assertThat(judged(
                        file("max_per_server: 2", "full", "away", "new", "cordoned", "own"),
                        Map.of("own", 2),
                        List.of(
                                engine("full", 4, Optional.empty()),
                                engine("away", 0, Optional.of("no route")),
                                engine("cordoned", 0, Optional.empty()),
                                engine("own", 2, Optional.empty())),
                        Map.of(
                                "cordoned",
                                new Directive(
                                        new ClusterId("docker", "cordoned"),
                                        true,
                                        false,
                                        "disk",
                                        Optional.empty(),
                                        NOON))))
                .containsExactly(
                        "-full full: 4 of 4 containers",
                        "-away away: no route",
                        "-new away: nothing is known of it yet",
                        "-cordoned cordoned: disk",
                        "-own full for this service: max_per_server 2");
    }

    @Test
    void aClosedServerIsOutUnlessAllAreClosed() {
        String night = "    business_hours: { start: \"20:00\", end: \"06:00\" }\n";
        ContainersFile one = Texts.read("servers:\n" + SERVER.formatted("a", "a") + night + SERVER.formatted("b", "b")
                + Texts.LEAST.substring(Texts.LEAST.indexOf("services:")));
        List<EngineSummary> engines = List.of(engine("a", 0, Optional.empty()), engine("b", 1, Optional.empty()));
        assertThat(judged(one, Map.of("b", 1), engines, Map.of()))
                .first()
                .isEqualTo("-a closed: outside of its business hours");
        ContainersFile all = Texts.read("servers:\n" + SERVER.formatted("a", "a") + night + SERVER.formatted("b", "b")
                + night + Texts.LEAST.substring(Texts.LEAST.indexOf("services:")));
        assertThat(judged(all, Map.of("b", 1), engines, Map.of()))
                .first()
                .asString()
                .startsWith("*a");
    }
}
