// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.link;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.read.ObservedLabels;
import eu.nephele.smo.adapters.karmada.read.ObservedWorkload;
import eu.nephele.smo.adapters.karmada.read.ReplicaCounts;
import eu.nephele.smo.adapters.karmada.read.RolloutProgress;
import eu.nephele.smo.adapters.karmada.work.PodDiagnostics;
import eu.nephele.smo.api.model.Resources;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pods of a member cluster, read through the control plane. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PodDiagnosticsTest {

    private static final String PROXY = "/apis/cluster.karmada.io/v1alpha1/clusters/m1/proxy";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Optional<RawServer> server = Optional.empty();
    private Optional<ApiServerConnection> connection = Optional.empty();
    private Optional<PodDiagnostics> troubles = Optional.empty();

    @AfterEach
    void end() throws IOException {
        troubles.ifPresent(PodDiagnostics::close);
        connection.ifPresent(ApiServerConnection::close);
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Test
    void whatAPodSaysItselfIsTold() throws Exception {
        PodDiagnostics asked = troubles(
                RawServer.json(
                        pods(
                                "{\"containerStatuses\":[{\"name\":\"c\",\"state\":{\"waiting\":{\"reason\":\"ErrImagePull\",\"message\":\"no x\"}}}]}")));

        assertThat(answer(asked)).isEqualTo("pod s-1: ErrImagePull: no x");
        // cached before published: a caller in between gets the answer already
        await(() -> !told.isEmpty(), "told");
        assertThat(told).containsExactly("p/s");
        assertThat(server.orElseThrow().heads())
                .singleElement()
                .asString()
                .startsWith("GET " + PROXY + "/api/v1/namespaces/p/pods?limit=20&labelSelector=app%3Ds ");
    }

    @Test
    void theLastWarningIsToldWhereThePodSaysNothing() throws Exception {
        PodDiagnostics asked = troubles((head, out, socket) -> RawServer.json(
                        head.contains("/events?")
                                ? "{\"kind\":\"EventList\",\"apiVersion\":\"v1\",\"items\":["
                                        + event("Warning", "Old") + "," + event("Warning", "FailedMount") + ","
                                        + event("Normal", "Pulled") + "]}"
                                : pods("{}"))
                .to(head, out, socket));

        assertThat(answer(asked)).isEqualTo("pod s-1: FailedMount: because");
        assertThat(server.orElseThrow().heads())
                .anyMatch(head -> head.startsWith("GET " + PROXY
                        + "/api/v1/namespaces/p/events?limit=50&fieldSelector=involvedObject.name%3Ds-1 "));
    }

    @Test
    void withoutTheRightNothingIsSaidAndWhoeverAsksNeverWaits() throws Exception {
        PodDiagnostics forbidden = troubles(RawServer.status(403, "", ""));
        assertThat(forbidden.describe(PROXY, seen("s"))).isEmpty();
        awaitHeads(1);
        assertThat(forbidden.describe(PROXY, seen("s"))).isEmpty();
        assertThat(told).isEmpty();
        end();

        PodDiagnostics hanging = troubles((head, out, socket) -> Thread.sleep(20_000));
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(hanging.describe(PROXY, seen("s" + i))).isEmpty();
        }
        awaitHeads(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        assertThat(server.orElseThrow().heads()).hasSize(1);
    }

    private static String answer(PodDiagnostics asked) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        String text = asked.describe(PROXY, seen("s"));
        while (text.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
            text = asked.describe(PROXY, seen("s"));
        }
        return text;
    }

    private void awaitHeads(int count) throws InterruptedException {
        await(() -> server.orElseThrow().heads().size() >= count, "asked");
    }

    private static void await(BooleanSupplier holds, String what) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private PodDiagnostics troubles(RawServer.Answer answer) throws IOException {
        RawServer api = new RawServer(answer);
        ApiServerConnection link = new ApiServerConnection(
                new LinkSettings("raw", "file:k", PATIENCE, PATIENCE, 1 << 20, Optional.empty(), Optional.empty()),
                any -> Optional.of("""
                        apiVersion: v1
                        kind: Config
                        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                        users: [{name: u, user: {token: t}}]
                        contexts: [{name: x, context: {cluster: c, user: u}}]
                        current-context: x
                        """.formatted(api.port())));
        PodDiagnostics made = new PodDiagnostics(link, told::add);
        server = Optional.of(api);
        connection = Optional.of(link);
        troubles = Optional.of(made);
        return made;
    }

    private static String pods(String status) {
        return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[{\"metadata\":{\"name\":\"s-1\",\"namespace\":\"p\"},\"status\":%s}]}"
                .formatted(status);
    }

    private static String event(String type, String reason) {
        return "{\"type\":\"%s\",\"reason\":\"%s\",\"message\":\"because\",\"involvedObject\":{\"name\":\"s-1\"}}"
                .formatted(type, reason);
    }

    private static ObservedWorkload seen(String name) {
        return new ObservedWorkload(
                "Deployment",
                "p",
                name,
                "u",
                1,
                "t",
                Resources.NONE,
                Map.of("app", "s"),
                new ObservedLabels(name, "", "", "", true, "", ""),
                new RolloutProgress(new ReplicaCounts(1, 1, 1, 0, 0, true), 0, "", Optional.empty()),
                Optional.empty());
    }
}
