// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A schedule over a rule for rest over a scaler, each in a bundle of its own. */
class ScaleToZeroIT {

    /** A minute of rest, and what is left of the window. */
    private static final long PATIENCE_SECONDS = 240;

    private static ServerProcess server;
    private static RestClient client;

    @BeforeAll
    static void start() throws Exception {
        int port = Distribution.freePort();
        server = ServerProcess.ready(port, Settings.fresh().data());
        client = new RestClient(port);
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void aServiceIsThereInItsWindowThenSleepsAndIsWokenByItsQueue() throws Exception {
        NativeApi api = new NativeApi(client, "rest");
        queue(0);
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        api.deploy(descriptor(now, now.plusMinutes(3)));
        replicas(api, 2);
        assertThat(reason(api)).contains("at least 2 replicas in opening until ", "it may not go to 0");

        replicas(api, 0);
        assertThat(reason(api)).contains("outside of all windows, and none is to come", "idle for PT1M");
        Thread.sleep(12_000);
        JsonNode asleep = api.graph("worker");
        assertThat(asleep.path("phase").asText()).isEqualTo("RUNNING");
        assertThat(asleep.path("drift")).isEmpty();
        assertThat(asleep.at("/placement/worker")).hasSize(1);
        assertThat(World.of(client).ready()).containsEntry("worker", 0);

        queue(25);
        replicas(api, 3);
        assertThat(reason(api)).contains("needed: queue 25", "threshold: queue 25");
        assertThat(World.of(client).overbookedEver()).isFalse();
    }

    @Test
    void whatMakesNoSenseIsRefusedWithItsPlace() throws Exception {
        NativeApi api = new NativeApi(client, "refused");
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        RestClient.Answer never = client.postJson(
                api.graphs(),
                descriptor(now, now.plusMinutes(3))
                        .replaceFirst(
                                "\"from\":\"[^\"]*\",\"until\":\"[^\"]*\"",
                                "\"cron\":\"0 0 31 2 *\",\"durationMinutes\":5"));
        assertThat(never.status()).as(never.text()).isEqualTo(400);
        assertThat(never.text())
                .contains("/hdaGraph/services/0/scaling/strategy/parameters/windows/0", "there is no such day");
        RestClient.Answer base = client.postJson(
                api.graphs(),
                descriptor(now, now.plusMinutes(3)).replace("\"idleAfter\":\"PT1M\"", "\"idleAfter\":\"PT1S\""));
        assertThat(base.status()).as(base.text()).isEqualTo(400);
        assertThat(base.text()).contains("/parameters/base/parameters", "expected PT10S to PT2H");
        RestClient.Answer ahead = client.postJson(
                api.graphs(),
                descriptor(now, now.plusMinutes(3))
                        .replaceFirst(
                                "\\{\"id\":\"threshold\".*?\\]\\}\\}",
                                "{\"id\":\"predictive\",\"parameters\":{\"lookAhead\":\"PT16M\"}}"));
        assertThat(ahead.status()).as(ahead.text()).isEqualTo(400);
        assertThat(ahead.text())
                .contains("/parameters/base/parameters/base/parameters", "lookAhead=PT16M, expected PT0S to PT15M");
    }

    private static void replicas(NativeApi api, int expected) throws Exception {
        Eventually.within(PATIENCE_SECONDS, () -> World.of(client), world -> {
            assertThat(world.ready()).containsEntry("worker", expected);
            assertThat(api.graph("worker").at("/placement/worker/0/replicas").asInt())
                    .isEqualTo(expected);
            assertThat(api.graph("worker").path("phase").asText()).isEqualTo("RUNNING");
        });
    }

    /** Of the newest decision that changed replicas. */
    private static String reason(NativeApi api) throws Exception {
        JsonNode newest = new Followed(client)
                .eventsAfter(0, "&project=" + api.project() + "&types=scaling.decision_made").stream()
                        .reduce((one, next) -> next)
                        .orElseThrow();
        assertThat(newest.at("/data/strategy").asText()).isEqualTo("scheduled");
        return newest.at("/data/reason").asText();
    }

    private static void queue(int length) throws Exception {
        String body = "{\"name\":\"queue_length\",\"labels\":{\"queue\":\"worker\"},\"value\":%d}".formatted(length);
        assertThat(client.postJson("/lab/series", body).status()).isEqualTo(204);
    }

    private static String descriptor(LocalDateTime from, LocalDateTime until) {
        String queue = "\"metric\":\"queue\",\"query\":\"queue_length{queue=\\\"$service\\\"}\"";
        String threshold =
                "{\"id\":\"threshold\",\"parameters\":{\"metrics\":[{%s,\"perReplica\":10}]}}".formatted(queue);
        String idle =
                "{\"id\":\"idle\",\"parameters\":{\"idleAfter\":\"PT1M\",\"requests\":false,\"wake\":{%s},\"base\":%s}}"
                        .formatted(queue, threshold);
        String scheduled =
                "{\"id\":\"scheduled\",\"parameters\":{\"windows\":[{\"name\":\"opening\",\"from\":\"%s\",\"until\":\"%s\",\"minReplicas\":2}],\"base\":%s}}"
                        .formatted(from, until, idle);
        String service = Descriptors.service("worker");
        return Descriptors.graph(
                "worker",
                service.substring(0, service.length() - 1)
                        + ",\"scaling\":{\"minReplicas\":0,\"maxReplicas\":4,\"strategy\":%s}}".formatted(scheduled));
    }
}
