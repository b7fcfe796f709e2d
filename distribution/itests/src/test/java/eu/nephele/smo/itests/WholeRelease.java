// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.itests.Expected.Running;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One release with a DaemonSet and a Job beside its service, from its deployment to its removal: all of it is judged. */
record WholeRelease(FaultWorld world) {

    private static final String NAME = "whole";
    private static final int SOON_SECONDS = 5;
    private static final Tags FIRST = new Tags("1", "1", "1");
    private static final Tags SECOND = new Tags("2", "2", "2");

    /** One for each image. */
    private record Tags(String web, String agent, String migration) {}

    void deployedToRemoved() throws Exception {
        try {
            succeeds(FaultTable.DEPLOYED, FaultTable.INSTALLED, 0, "POST", "", FIRST);
            succeeds(FaultTable.CHANGED, FaultTable.ROLLED, FaultTable.REPLICAS, "PUT", "/" + NAME, SECOND);
            comesBack(
                    new Tags("2", "neverready", "2"),
                    "Not all is ready after .*DaemonSet whole-agent: 1 of 2 replicas",
                    "Job");
            comesBack(
                    new Tags("2", "2", "crash"),
                    "Job whole-migration-.*: BackoffLimitExceeded.*given up",
                    "Not all is ready after");
            FaultTable.judged(world, NAME, FaultTable.removed(List.of()), row -> {
                row.ask("DELETE", "/" + NAME, "");
                assertThat(world.workloads(NAME)).isEmpty();
            });
        } finally {
            world.removed(NAME);
        }
    }

    private void succeeds(
            List<String> phases, List<String> states, int neverBelow, String method, String path, Tags tags)
            throws Exception {
        Expected expected = new Expected(
                Optional.of("SUCCEEDED"), running(tags), phases, states, neverBelow, FaultTable.NAMES, List.of());
        FaultTable.judged(world, NAME, expected, row -> row.ask(method, path, graph(tags)));
    }

    /** An update fails, says why, and what ran before runs again. */
    private void comesBack(Tags tags, String told, String never) throws Exception {
        Expected expected = new Expected(
                Optional.of("FAILED"),
                running(SECOND),
                List.of("RUNNING", "UPDATING", "FAILED", "UPDATING", "RUNNING"),
                List.of("DEPLOYED", "DEPLOYING", "FAILED", "DEPLOYING", "DEPLOYED"),
                FaultTable.REPLICAS,
                FaultTable.NAMES,
                List.of(told));
        FaultTable.judged(world, NAME, expected, row -> {
            row.ask("PUT", "/" + NAME, graph(tags));
            row.until(
                    SOON_SECONDS,
                    said -> assertThat(said.told()).containsPattern(told).doesNotContain(never));
            row.reaches("RUNNING");
            row.isBornOut(FaultTable.LIMIT_SECONDS);
        });
    }

    private Running running(Tags tags) {
        Map<String, Map<String, Long>> beside = new TreeMap<>();
        world.testbed
                .spec()
                .members()
                .forEach(member -> beside.put(
                        member.name(),
                        Map.of(
                                FaultWorld.image("agent", tags.agent()),
                                (long) member.nodes().size(),
                                FaultWorld.image("migration", tags.migration()),
                                1L)));
        return new Running(FaultTable.REPLICAS, FaultWorld.image(tags.web()), beside);
    }

    private String graph(Tags tags) {
        return world.graph(
                NAME,
                FaultWorld.WHOLE,
                FaultTable.REPLICAS,
                Map.of(
                        "image", FaultWorld.image(tags.web()),
                        "agentImage", FaultWorld.image("agent", tags.agent()),
                        "migrationImage", FaultWorld.image("migration", tags.migration())));
    }
}
