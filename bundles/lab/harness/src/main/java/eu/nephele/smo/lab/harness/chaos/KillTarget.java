// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.lab.harness.chaos.ServerApi.ApiResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Target of the next kill: clients and outages try to bring it about, and report it. */
final class KillTarget {

    private static final int OK = 200;
    private static final String EVENTS = "/api/v1/events?limit=1000&after=%d";
    private static final long PAUSE_MILLIS = 25;

    private final ServerApi api;
    private final StepTracker steps = new StepTracker();
    private long after;
    private volatile Optional<ServerStep> wanted = Optional.empty();

    KillTarget(ServerApi api) {
        this.api = api;
    }

    Optional<ServerStep> wanted() {
        return wanted;
    }

    boolean wants(ServerStep step) {
        return wanted.filter(step::equals).isPresent();
    }

    /** Waits until a step has begun that had not begun before. */
    boolean await(ServerStep step, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        follow();
        int before = steps.begun(step);
        wanted = Optional.of(step);
        try {
            while (System.nanoTime() < end) {
                follow();
                if (steps.begun(step) > before && steps.underWay().contains(step)) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return false;
        } finally {
            wanted = Optional.empty();
        }
    }

    /** All events since the first start. */
    List<JsonNode> events() throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        long place = 0;
        boolean more = true;
        while (more) {
            ApiResponse answer = api.get(EVENTS.formatted(place));
            if (answer.status() != OK) {
                throw new IOException("Reading events failed: %d %s".formatted(answer.status(), answer.text()));
            }
            answer.json().path("items").forEach(all::add);
            place = answer.json().path("nextAfter").asLong();
            more = answer.json().path("more").asBoolean();
        }
        return all;
    }

    private void follow() throws InterruptedException {
        try {
            ApiResponse answer = api.get(EVENTS.formatted(after));
            if (answer.status() == OK) {
                answer.json().path("items").forEach(steps::apply);
                after = answer.json().path("nextAfter").asLong(after);
            }
        } catch (IOException away) {
            // retried until the time is over
            return;
        }
    }
}
