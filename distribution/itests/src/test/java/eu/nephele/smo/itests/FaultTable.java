// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.itests.Expected.ExpectedGraph;
import eu.nephele.smo.itests.Expected.Nothing;
import eu.nephele.smo.itests.Expected.Running;
import eu.nephele.smo.itests.Trail.Said;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operations beside faults. Each row has a graph of its own; what the server says of it is compared with what is on the clusters
 * while it says so.
 */
final class FaultTable implements AutoCloseable {

    static final int REPLICAS = 2;
    private static final String FIRST = "1";
    private static final String SECOND = "2";
    static final int LIMIT_SECONDS = 300;
    private static final long BLIP_MILLIS = 5_000;
    /** After that what is lost would be elsewhere. */
    private static final long GRACE_MILLIS = 15_000;
    /** How long whoever has to do something is kept from it. */
    private static final long HELD_MILLIS = 4_000;

    static final List<String> DEPLOYED = List.of("", "PENDING", "PLACING", "DEPLOYING", "RUNNING");
    static final List<String> CHANGED = List.of("RUNNING", "UPDATING", "RUNNING");
    static final List<String> INSTALLED = List.of("", "NOT_DEPLOYED", "PENDING", "DEPLOYING", "DEPLOYED");
    static final List<String> ROLLED = List.of("DEPLOYED", "DEPLOYING", "DEPLOYED");

    /** What can be waited for. */
    static final List<String> NAMES = List.of("c1", "c2", "ResourceBinding", "Work ");

    private final FaultWorld world;

    private FaultTable(FaultWorld world) {
        this.world = world;
    }

    static FaultTable begin() throws Exception {
        return new FaultTable(FaultWorld.start());
    }

    void deploy() throws Exception {
        Expected expected = expected(running(FIRST), DEPLOYED, INSTALLED, 0);
        judged("deploy", expected, row -> row.ask("POST", "", graph("deploy", FIRST)));
    }

    /** Is undone, and then nothing is left of it. */
    void deployThatNeverStarts() throws Exception {
        Expected expected = new Expected(
                Optional.of("FAILED"),
                new Nothing(),
                List.of("", "PENDING", "PLACING", "DEPLOYING", "FAILED"),
                List.of("", "NOT_DEPLOYED", "DEPLOYING", "NOT_DEPLOYED"),
                0,
                NAMES,
                List.of("Not all is ready after", "rolling back: .*pods are still there"));
        judged("undone", expected, row -> {
            row.ask("POST", "", graph("undone", "neverready"));
            row.agreesFromNowOn();
        });
    }

    void update() throws Exception {
        deployed("update");
        judged("update", expected(running(SECOND), CHANGED, ROLLED, REPLICAS), row -> update(row, "update", SECOND));
    }

    void updateThatIsSlow() throws Exception {
        deployed("slow");
        judged("slow", expected(running("slow"), CHANGED, ROLLED, REPLICAS), row -> update(row, "slow", "slow"));
    }

    /** Goes over the deadline and back to what ran. */
    void updateThatNeverStarts() throws Exception {
        deployed("never");
        Expected expected = new Expected(
                Optional.of("FAILED"),
                running(FIRST),
                List.of("RUNNING", "UPDATING", "FAILED", "UPDATING", "RUNNING"),
                List.of("DEPLOYED", "DEPLOYING", "FAILED", "DEPLOYING", "DEPLOYED"),
                REPLICAS,
                NAMES,
                List.of("Not all is ready after", "given up"));
        judged("never", expected, row -> {
            update(row, "never", "neverready");
            row.reaches("RUNNING");
            row.isBornOut(LIMIT_SECONDS);
        });
    }

    /** Both revisions fit where it is: it stays there. */
    void rollBack() throws Exception {
        deployed("back");
        world.done("PUT", "/back", graph("back", SECOND));
        Map<String, Integer> before = places("back");
        judged("back", expected(running(FIRST), CHANGED, ROLLED, REPLICAS), row -> {
            row.ask("POST", "/back/rollback", "{\"revision\":1}");
            assertThat(places("back")).isEqualTo(before);
        });
    }

    void moveOfDuplicated() throws Exception {
        move("move", FaultWorld.DUPLICATED);
    }

    /** Karmada divides the replicas of this chart itself. */
    void moveOfDivided() throws Exception {
        move("divided", FaultWorld.DIVIDED);
    }

    private void move(String name, String chart) throws Exception {
        world.done("POST", "", world.graph(name, chart, REPLICAS, FIRST));
        Map<String, Integer> before = places(name);
        judged(name, expected(running(FIRST), CHANGED, ROLLED, REPLICAS), row -> {
            row.ask("POST", "/" + name + "/placement", "{\"reason\":\"move\",\"services\":[\"" + name + "\"]}");
            assertThat(places(name).keySet()).doesNotContainAnyElementsOf(before.keySet());
        });
    }

    /** Karmada's scheduler is stopped: the move waits for it. */
    void moveWhileTheSchedulerIsAway() throws Exception {
        deployed("waits");
        Expected expected = new Expected(
                Optional.of("SUCCEEDED"),
                running(FIRST),
                CHANGED,
                ROLLED,
                REPLICAS,
                NAMES,
                List.of("ResourceBinding faults/waits-deployment waits for Karmada's scheduler"));
        judged("waits", expected, row -> {
            world.testbed.setSchedulerRunning(false);
            try {
                row.begin("POST", "/waits/placement", "{\"reason\":\"move\",\"services\":[\"waits\"]}");
                row.goesOn(HELD_MILLIS);
            } finally {
                world.testbed.setSchedulerRunning(true);
            }
            row.ends();
        });
    }

    void stop() throws Exception {
        deployed("stop");
        judged("stop", stopped(List.of()), row -> row.ask("POST", "/stop/stop", ""));
    }

    /** Karmada's controllers are stopped: nothing deletes the old objects. */
    void stopWhileNobodyRemoves() throws Exception {
        deployed("held");
        judged("held", stopped(List.of("ResourceBinding faults/held-deployment")), row -> {
            world.testbed.setControllersRunning(false);
            try {
                row.begin("POST", "/held/stop", "");
                row.goesOn(HELD_MILLIS);
            } finally {
                world.testbed.setControllersRunning(true);
            }
            row.ends();
        });
    }

    void start() throws Exception {
        deployed("start");
        world.done("POST", "/start/stop", "");
        judged("start", started(List.of()), row -> row.ask("POST", "/start/start", ""));
    }

    /** The binding of the deleted object still exists when the new one is created. */
    void startWhileTheOldIsStillThere() throws Exception {
        deployed("again");
        world.testbed.setControllersRunning(false);
        try {
            world.ask("POST", "/again/stop", "");
            String waits = "former workload of that name is still being deleted";
            judged("again", started(List.of(waits)), row -> {
                row.reaches("STOPPING");
                row.goesOn(HELD_MILLIS / 2);
                row.begin("POST", "/again/start", "");
                row.until(LIMIT_SECONDS, said -> assertThat(said.waits().values())
                        .anyMatch(text -> text.contains(waits)));
                world.testbed.setControllersRunning(true);
                row.ends();
            });
        } finally {
            world.testbed.setControllersRunning(true);
        }
    }

    void remove() throws Exception {
        deployed("remove");
        judged("remove", removed(List.of()), row -> row.ask("DELETE", "/remove", ""));
    }

    void removeWithADeadMember() throws Exception {
        deployed("left");
        String lost = placeOf("left");
        String told = "removal on cluster %s, which is not ready, is left to Karmada".formatted(lost);
        world.testbed.setReady(lost, false);
        try {
            judged("left", removed(List.of(told)), row -> row.ask("DELETE", "/left", ""));
        } finally {
            world.testbed.setReady(lost, true);
            world.awaitMembers();
        }
    }

    void failover() throws Exception {
        deployed("failover");
        String lost = placeOf("failover");
        Expected expected = new Expected(
                Optional.empty(),
                running(FIRST),
                List.of("RUNNING", "DEGRADED", "UPDATING", "RUNNING"),
                List.of("DEPLOYED", "DEGRADED", "DEPLOYING", "DEPLOYED"),
                0,
                NAMES,
                List.of(lost + ".*not ready"));
        try {
            judged("failover", expected, row -> {
                world.testbed.setReady(lost, false);
                long killed = row.now();
                long noticed =
                        row.until(LIMIT_SECONDS, said -> assertThat(said.waits().values())
                                .anyMatch(text -> text.contains(lost) && text.contains("not ready")));
                row.until(
                        LIMIT_SECONDS,
                        said -> assertThat(said.places()).isNotEmpty().doesNotContainKey(lost));
                long elsewhere = row.isBornOut(LIMIT_SECONDS);
                row.reaches("RUNNING");
                System.out.printf(
                        "failover: noticed after %d ms, elsewhere after %d ms%n", noticed - killed, elsewhere - killed);
                assertThat(noticed - killed)
                        .as("milliseconds until it was noticed")
                        .isLessThan(10_000);
                assertThat(elsewhere - killed)
                        .as("milliseconds until it ran elsewhere")
                        .isLessThan(20_000);
            });
        } finally {
            world.testbed.setReady(lost, true);
            world.awaitMembers();
        }
    }

    /** Nothing moves away from a member that is silent for five seconds. */
    void blip() throws Exception {
        deployed("blip");
        String silent = placeOf("blip");
        Expected expected = new Expected(
                Optional.empty(), running(FIRST), List.of("RUNNING"), List.of("DEPLOYED"), 0, NAMES, List.of());
        judged("blip", expected, row -> {
            world.testbed.setFrozen(silent, true);
            try {
                row.goesOn(BLIP_MILLIS);
            } finally {
                world.testbed.setFrozen(silent, false);
            }
            row.goesOn(GRACE_MILLIS);
            row.hasAgreedSince(0);
        });
    }

    /** A release with a DaemonSet and a Job beside its service. */
    void wholeRelease() throws Exception {
        new WholeRelease(world).deployedToRemoved();
    }

    private static Expected started(List<String> mentions) {
        return new Expected(
                Optional.of("SUCCEEDED"),
                running(FIRST),
                List.of("STOPPING", "STOPPED", "PENDING", "PLACING", "DEPLOYING", "RUNNING"),
                List.of("DEPLOYED", "NOT_DEPLOYED", "DEPLOYING", "DEPLOYED"),
                0,
                NAMES,
                mentions);
    }

    private static Expected stopped(List<String> mentions) {
        return new Expected(
                Optional.of("SUCCEEDED"),
                new Nothing(),
                List.of("RUNNING", "STOPPING", "STOPPED"),
                List.of("DEPLOYED", "NOT_DEPLOYED"),
                0,
                NAMES,
                mentions);
    }

    static Expected removed(List<String> mentions) {
        return new Expected(
                Optional.of("SUCCEEDED"),
                new Nothing(),
                List.of("RUNNING", "REMOVING", ""),
                List.of("DEPLOYED", "NOT_DEPLOYED", ""),
                0,
                NAMES,
                mentions);
    }

    private static Expected expected(
            ExpectedGraph expectedGraph, List<String> phases, List<String> states, int neverBelow) {
        return new Expected(Optional.of("SUCCEEDED"), expectedGraph, phases, states, neverBelow, NAMES, List.of());
    }

    private static Running running(String tag) {
        return new Running(REPLICAS, FaultWorld.image(tag));
    }

    interface Story {
        void happens(Row row) throws Exception;
    }

    private void judged(String name, Expected expected, Story story) throws Exception {
        try {
            judged(world, name, expected, story);
        } finally {
            world.removed(name);
        }
    }

    static void judged(FaultWorld world, String name, Expected expected, Story story) throws Exception {
        try (Row row = Row.of(world, name, expected)) {
            story.happens(row);
            row.judge();
        }
    }

    private void update(Row row, String name, String tag) throws Exception {
        row.ask("PUT", "/" + name, graph(name, tag));
    }

    private void deployed(String name) throws Exception {
        world.done("POST", "", graph(name, FIRST));
    }

    private String graph(String name, String tag) {
        return world.graph(name, FaultWorld.DUPLICATED, REPLICAS, tag);
    }

    private String placeOf(String name) throws Exception {
        return places(name).keySet().iterator().next();
    }

    private Map<String, Integer> places(String name) throws Exception {
        return Said.of(0, Optional.empty(), Optional.of(world.api.graph(name))).places();
    }

    @Override
    public void close() throws IOException {
        world.close();
    }
}
