// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.federation;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.adapters.karmada.federation.ScriptedServer.Reply;
import eu.nephele.smo.adapters.karmada.link.ResourceCache;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Works that were published once and no longer exist. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WorkIndexTest {

    private static final String EMPTY = "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}";

    @Test
    void whatIsNotConfirmedForTooLongIsNotKnown() throws Exception {
        AtomicReference<Reply> reply = new AtomicReference<>(Reply.ok(EMPTY));
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (ScriptedServer server = new ScriptedServer(path -> reply.get());
                ResourceCache<GenericKubernetesResource, ObservedWork> resourceCache = new ResourceCache<
                                GenericKubernetesResource, ObservedWork>(
                                server.connection(),
                                new ResourceCache.WatchTarget<>(
                                        "works", client -> client.genericKubernetesResources(KarmadaKinds.WORK)
                                                .inAnyNamespace()),
                                ObservedWork::read,
                                (key, before, now) -> {},
                                scheduler,
                                Duration.ofMinutes(1))
                        .start()) {
            WorkIndex patient = new WorkIndex("north", () -> resourceCache, Duration.ofMinutes(1), any -> {});
            WorkIndex strict = new WorkIndex("north", () -> resourceCache, Duration.ofMillis(1), any -> {});
            assertThat(patient.unreadable())
                    .hasValueSatisfying(why -> assertThat(why.system()).isEqualTo("north"));
            await(patient::isReadable);
            reply.set(Reply.no(503));
            resourceCache.hurry();
            await(() -> !strict.isReadable() && strict.known("p/web").isEmpty());
            assertThat(patient.isReadable()).isTrue();
        } finally {
            scheduler.shutdownNow();
        }
    }

    private static void await(BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(holds.getAsBoolean()).isTrue();
    }
}
