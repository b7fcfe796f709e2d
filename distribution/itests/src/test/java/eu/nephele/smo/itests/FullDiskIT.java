// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.core.contract.audit.AuditKey;
import eu.nephele.smo.core.contract.audit.AuditLineReader;
import eu.nephele.smo.core.contract.audit.AuditVerifier;
import eu.nephele.smo.lab.testkit.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The disk is full while clients deploy. The server says so and ends; its script starts it again, it waits for room and is ready by
 * itself when there is some. Whatever was acknowledged is there and whole.
 */
@Timeout(300)
class FullDiskIT {

    /** More than any file that a start writes anew, with what the database has at the beginning. */
    private static final long ROOM_BYTES = 1 << 20;

    private static final long PATIENCE_SECONDS = 60;

    /** Ten times what a quiet machine takes: a pause between two attempts to open the database, and what follows it. */
    private static final long BACK_SECONDS = 60;

    private final int port = Distribution.freePort();
    private final RestClient client = new RestClient(port);
    private final NativeApi api = new NativeApi(client, "full");

    @Test
    void whatWasAcknowledgedIsThereAndTheServerIsReadyByItselfWhenThereIsFreeSpaceAgain() throws Exception {
        Settings settings = Settings.fresh().world(new int[] {1000, 1000});
        try (SupervisedServer server = SupervisedServer.start(port, settings.data())) {
            long first = server.ready();
            FullDisk disk = FullDisk.below(server.script().toHandle());
            Path database = settings.data().resolve("db/smo.mv.db");
            disk.hasRoomFor(Files.size(database) + ROOM_BYTES);
            try (Deployers clients = Deployers.start(api)) {
                Eventually.within(PATIENCE_SECONDS, clients::refused, refused -> assertThat(refused)
                        .isNotEmpty());
                saysWhyUntilItEnds(first);
                Eventually.within(PATIENCE_SECONDS, server::errorText, text -> assertThat(text)
                        .contains(
                                "has ended with status 70; it is started again",
                                "the disk has no space left for the file of the embedded database to grow"));
                Eventually.within(PATIENCE_SECONDS, this::readiness, FullDiskIT::hasNoStore);
                assertThat(client.get("/health/live").status()).isEqualTo(200);
                clients.end();

                disk.hasRoom();
                long room = System.nanoTime();
                Eventually.within(
                        BACK_SECONDS, this::readiness, answer -> assertThat(answer.map(RestClient.Answer::status))
                                .contains(200));
                System.out.printf(
                        "acknowledged: %d, refused: %d; ready %d ms after there was room%n",
                        clients.acknowledged().size(),
                        clients.refused().size(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - room));

                assertThat(clients.refused()).allSatisfy(FullDiskIT::isAClearProblem);
                assertThat(clients.acknowledged()).isNotEmpty();
                Eventually.within(PATIENCE_SECONDS, () -> accepted(settings.data()), accepted -> assertThat(
                                clients.acknowledged())
                        .as("entries that waited outside of the database come into it after the start")
                        .allSatisfy(graph -> assertThat(accepted.get("graph/full/" + graph))
                                .as(graph)
                                .isEqualTo(1)));
                allAreWhole(clients.acknowledged());
                assertThat(server.errorText()).containsOnlyOnce("it is started again");
            }
        }
    }

    /** Not ready, with the reason, as soon as that is known; alive until the end. */
    private void saysWhyUntilItEnds(long process) throws Exception {
        Optional<ProcessHandle> server = ProcessHandle.of(process);
        AtomicReference<String> reason = new AtomicReference<>("");
        Await.within(Duration.ofSeconds(PATIENCE_SECONDS), () -> "the server ends: " + reason, () -> {
            if (server.filter(ProcessHandle::isAlive).isEmpty()) {
                return true;
            }
            Optional<RestClient.Answer> live = asked("/health/live");
            Optional<RestClient.Answer> ready = readiness();
            // else the answers may be those of the next process
            if (server.get().isAlive()) {
                assertThat(live.map(RestClient.Answer::status).orElse(200)).isEqualTo(200);
                if (ready.isPresent() && ready.get().status() == 503) {
                    reason.set(ready.get().json().at("/checks/store/message").asText());
                }
                assertThat(ready.isPresent()
                                && ready.get().status() == 200
                                && !reason.get().isEmpty())
                        .as("ready again after: %s", reason)
                        .isFalse();
            }
            return false;
        });
        assertThat(reason.get()).startsWith("the embedded database has closed itself");
    }

    private static void hasNoStore(Optional<RestClient.Answer> readiness) {
        assertThat(readiness)
                .get(InstanceOfAssertFactories.type(RestClient.Answer.class))
                .satisfies(answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.json().at("/checks/store/ok").asBoolean(true))
                            .isFalse();
                });
    }

    private static void isAClearProblem(RestClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.mediaType()).as(answer.text()).isEqualTo("application/problem+json");
        assertThat(answer.json().path("detail").asText()).as(answer.text()).isNotBlank();
        assertThat(answer.headers().firstValue("Retry-After")).as(answer.text()).isPresent();
    }

    /** What was acknowledged, and what is there although it was not: each can be read, runs in the world, and can be removed. */
    private void allAreWhole(List<String> acknowledged) throws Exception {
        api.deploy(Deployers.graph("after"));
        List<String> all = Eventually.within(PATIENCE_SECONDS, api::byPhase, phases -> assertThat(phases)
                        .containsOnlyKeys("RUNNING"))
                .getOrDefault("RUNNING", List.of());
        assertThat(all).contains("after").containsAll(acknowledged);
        assertThat(World.of(client).ready().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(Deployers::service).toList());
        for (String graph : all) {
            assertThat(api.graph(graph).path("name").asText()).isEqualTo(graph);
            api.remove(graph);
        }
        Eventually.within(PATIENCE_SECONDS, () -> World.of(client), world -> assertThat(world.releases())
                .isEmpty());
        assertThat(api.byPhase()).isEmpty();
        assertThat(World.of(client).overbookedEver()).isFalse();
    }

    /** How many entries accept the deployment of a graph; their chain holds. */
    private Map<String, Integer> accepted(Path data) throws Exception {
        String token = Files.readString(data.resolve("etc/admin.token")).strip();
        List<AuditKey> keys = new ArrayList<>();
        for (JsonNode key : asAdmin("/keys", token).json().path("items")) {
            keys.add(AuditKey.from(key.path("publicKey").asText()));
        }
        AuditVerifier verifier = new AuditVerifier(keys);
        Map<String, Integer> accepted = new HashMap<>();
        new AuditLineReader(
                        entry -> {
                            verifier.entry(entry);
                            if (entry.content().action().equals("graph.deploy")
                                    && entry.content().outcome().equals("accepted")) {
                                accepted.merge(entry.content().target(), 1, Integer::sum);
                            }
                        },
                        verifier::seal)
                .read(new ByteArrayInputStream(asAdmin("/export", token).text().getBytes(StandardCharsets.UTF_8)));
        assertThat(verifier.end().faults()).isEmpty();
        return accepted;
    }

    private RestClient.Answer asAdmin(String path, String token) throws Exception {
        RestClient.Answer answer =
                client.unchecked().call("GET", "/api/v1/audit" + path, "", "Authorization", "Bearer " + token);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private Optional<RestClient.Answer> readiness() throws Exception {
        return asked("/health/ready");
    }

    /** Empty when nobody listens, or the answer is cut; no answer at all is a failure. */
    private Optional<RestClient.Answer> asked(String path) throws Exception {
        try {
            return Optional.of(client.get(path));
        } catch (HttpTimeoutException hangs) {
            throw hangs;
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
