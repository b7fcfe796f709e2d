// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.RequestOrigin.IdempotencyKey;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.ResourceWish;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.pool.PlayedGraphs;
import eu.nephele.smo.pools.containers.pool.PlayedResources;
import eu.nephele.smo.pools.containers.pool.PlayedResources.ChangeGate;
import eu.nephele.smo.pools.containers.pool.PoolFileFormat;
import eu.nephele.smo.pools.containers.pool.PoolFiles;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields and statuses of the original, from its specification. */
class ContainersApiTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final ResourceRef POOL = new ResourceRef("container-pool", "", "default");
    private static final CallContext OPERATOR = CallContext.of("ada", "127.0.0.1", Set.of("operator"), "c1");
    private static final CallContext ADMIN = CallContext.of("root", "127.0.0.1", Set.of("admin"), "c3");
    private static final CallContext VIEWER = CallContext.of("vic", "127.0.0.1", Set.of("viewer"), "c4");
    private static final CallContext NOBODY = CallContext.of("eve", "127.0.0.1", Set.of(), "c2");

    @TempDir
    Path folder;

    private final PlayedGraphs graphs = new PlayedGraphs();
    private final PlayedResources resources = new PlayedResources();
    private final PlayedCore core = new PlayedCore();
    private final ContainerMetrics metrics = new ContainerMetrics();
    private Path file;
    private PoolFiles files;
    private ScalingLog log;
    private ContainersApi api;

    @BeforeEach
    void load() throws Exception {
        file = Files.writeString(folder.resolve("pool.yaml"), Texts.LEAST);
        files = files();
        log = new ScalingLog(metrics, core, files);
        api = server();
        api.inventories = List.of(new TwoContainers());
        assertThat(api.reload(false, false, by(ADMIN)).getStatus()).isEqualTo(200);
    }

    /** What a process has of its own. */
    private ContainersApi server() {
        return new ContainersApi(
                files(), core.services(graphs, resources), log, metrics, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private PoolFiles files() {
        return new PoolFiles(
                resources.service(), new PoolFileFormat(Map.of(), Optional.empty()), Optional.of(file), POOL, "shop");
    }

    private static ContainerRequestContext by(CallContext call) {
        return (ContainerRequestContext) Proxy.newProxyInstance(
                ContainerRequestContext.class.getClassLoader(),
                new Class<?>[] {ContainerRequestContext.class},
                (proxy, method, given) -> call);
    }

    private static JsonObject json(Response answer) {
        return (JsonObject) answer.getEntity();
    }

    private static List<String> names(JsonValue object) {
        return List.copyOf(((JsonObject) object).members().keySet());
    }

    @Test
    void theRootSaysThatItRuns() {
        assertThat(api.root().toJson()).isEqualTo("{\"status\":\"running\",\"timestamp\":\"2026-06-01T12:00:00Z\"}");
        assertThat(names(api.status(by(OPERATOR)))).containsExactly("status", "uptime", "services", "timestamp");
    }

    @Test
    void servicesAreToldByName() {
        assertThat(api.services(by(OPERATOR)).toJson())
                .isEqualTo("{\"web\":{\"container_count\":2,\"min_replicas\":1,\"max_replicas\":4,"
                        + "\"scale_up_threshold\":75,\"scale_down_threshold\":25}}");
    }

    @Test
    void statisticsHaveTheMeanOfWhatIsMeasured() {
        JsonObject stats = api.statistics("web", by(OPERATOR));
        assertThat(names(stats))
                .containsExactly(
                        "service_name",
                        "container_count",
                        "avg_cpu",
                        "containers",
                        "min_replicas",
                        "max_replicas",
                        "scale_up_threshold",
                        "scale_down_threshold",
                        "cooldown_remaining",
                        "is_business_hours",
                        "scaling_enabled");
        assertThat(stats.toJson())
                .contains("\"avg_cpu\":42.13", "\"cooldown_remaining\":0", "\"is_business_hours\":true")
                .contains("\"id\":\"c1\",\"status\":\"running\",\"names\":[\"/web-1-aa\"]")
                .contains("\"ports\":[{\"PrivatePort\":8080,\"PublicPort\":32768,\"Type\":\"tcp\"}]");
        assertThatThrownBy(() -> api.statistics("none", by(OPERATOR)))
                .isInstanceOfSatisfying(SmoException.class, missing -> assertThat(missing.kind())
                        .isEqualTo(SmoException.Kind.NOT_FOUND));
    }

    @Test
    void aStepBeginsWhenTheOneBeforeIsNoted() throws Exception {
        deployed();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        resources.beforeApply = () -> {
            held.countDown();
            goOn.await();
        };
        Thread first = new Thread(() -> api.scaleUp("web", false, by(OPERATOR)));
        first.start();
        held.await();
        int asked = graphs.finds.get();
        Thread second = new Thread(() -> api.scaleUp("web", true, by(OPERATOR)));
        second.start();
        while (second.getState() != Thread.State.BLOCKED && second.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(graphs.finds.get())
                .as("the second one has read no number of replicas")
                .isEqualTo(asked);
        goOn.countDown();
        first.join();
        second.join();
        assertThat(graphs.finds.get()).isGreaterThan(asked);
    }

    @Test
    void aStepByHandIsInThePoolUntilTheServiceHasIt() throws Exception {
        Response unknown = api.scaleUp("none", false, by(OPERATOR));
        assertThat(unknown.getStatus()).isEqualTo(400);
        assertThat(json(unknown).toJson()).isEqualTo("{\"detail\":\"Service none not found\"}");

        assertThat(json(api.scaleUp("web", false, by(OPERATOR))).toJson()).contains("\"success\":false");

        deployed();
        assertThat(json(api.scaleUp("web", true, by(OPERATOR))).toJson())
                .isEqualTo("{\"message\":\"Scale up web\",\"result\":{\"success\":true,"
                        + "\"message\":\"Would scale from 0 to 1\"}}");
        assertThat(resources.present.get(POOL).desired().toJson())
                .as("a dry run")
                .doesNotContain("scaled");
        assertThat(core.actions.entries()).as("a dry run").isEmpty();
        api.scaleUp("web", false, by(OPERATOR));
        assertThat(core.actions.entries())
                .as("in the name of the caller")
                .containsExactly("ada graph.scale graph/shop/web accepted");
        assertThat(resources.present.get(POOL).desired().toJson())
                .contains("\"scaled\":{\"web\":{\"replicas\":1,\"at\":\"2026-06-01T12:00:00Z\"}}");
        assertThat(json(api.scaleDown("web", false, by(OPERATOR))).toJson())
                .contains("\"success\":false", "Already at min_replicas 1");

        CallContext keyed = OPERATOR.with(new IdempotencyKey("k1", "scale/up"));
        assertThat(json(api.scaleUp("web", false, by(keyed))).toJson()).contains("Scaling from 1 to 2");
        assertThat(json(api.scaleUp("web", false, by(keyed))).toJson())
                .as("a repetition makes no second step")
                .contains("\"success\":true", "Scaling to 2");
        assertThat(core.actions.entries())
                .endsWith("ada graph.scale graph/shop/web accepted", "ada graph.scale graph/shop/web repeated");
        assertThat(json(api.scaleUp("web", false, by(OPERATOR))).toJson()).contains("Scaling from 2 to 3");
        assertThat(json(api.scaleUp("web", false, by(keyed))).toJson())
                .as("a repetition after a step of somebody else makes none")
                .contains("\"success\":true", "accepted before");
        assertThat(json(api.scaleUp("web", true, by(OPERATOR))).toJson()).contains("Would scale from 3 to 4");
    }

    @Test
    void aStepOfAServerThatDiesInTheMiddleIsMadeAndAcceptedOnce() throws Exception {
        deployed();
        CallContext keyed = OPERATOR.with(new IdempotencyKey("k1", "scale/up"));
        CountDownLatch reached = new CountDownLatch(1);
        resources.beforeApply = () -> {
            reached.countDown();
            new CountDownLatch(1).await();
        };
        ContainersApi dying = server();
        Thread step = new Thread(() -> dying.scaleUp("web", false, by(keyed)));
        step.setDaemon(true);
        step.start();
        reached.await();
        assertThat(core.actions.open()).as("announced before anything is done").containsExactly("graph.scale");
        assertThat(core.actions.entries()).as("nothing was done").isEmpty();

        resources.beforeApply = () -> {};
        assertThat(json(api.scaleUp("web", false, by(keyed))).toJson()).contains("Scaling from 0 to 1");
        assertThat(json(api.scaleUp("web", false, by(keyed))).toJson()).contains("Scaling to 1");
        assertThat(core.actions.entries())
                .containsExactly("ada graph.scale graph/shop/web accepted", "ada graph.scale graph/shop/web repeated");
        assertThat(resources.present.get(POOL).desired().toJson()).contains("\"scaled\":{\"web\":{\"replicas\":1,");
    }

    @Test
    void stepsWithKeysForSeveralServicesDoNotRefuseEachOther() throws Exception {
        List<String> services =
                IntStream.range(0, 10).mapToObj(number -> "web-" + number).toList();
        String one = Texts.LEAST.substring(Texts.LEAST.indexOf("  web:"));
        Files.writeString(
                file,
                Texts.LEAST.substring(0, Texts.LEAST.indexOf("  web:"))
                        + services.stream()
                                .map(name -> one.replace("  web:", "  %s:".formatted(name))
                                        .replace("8080", "808" + name.substring(4)))
                                .collect(Collectors.joining()));
        assertThat(api.reload(true, false, by(ADMIN)).getStatus()).isEqualTo(200);
        services.forEach(this::deployed);
        // a write takes a moment, in which the others come
        resources.beforeApply = () -> LockSupport.parkNanos(5_000_000);
        CountDownLatch begin = new CountDownLatch(1);
        List<CompletableFuture<String>> clients = services.stream()
                .map(name -> CompletableFuture.supplyAsync(
                        () -> {
                            awaited(begin);
                            CallContext keyed = OPERATOR.with(new IdempotencyKey("k-" + name, "scale/up"));
                            return json(api.scaleUp(name, false, by(keyed))).toJson();
                        },
                        work -> new Thread(work).start()))
                .toList();
        begin.countDown();
        assertThat(clients).allSatisfy(client -> assertThat(client.join()).contains("\"success\":true"));
        assertThat(core.actions.entries())
                .containsExactlyInAnyOrderElementsOf(services.stream()
                        .map("ada graph.scale graph/shop/%s accepted"::formatted)
                        .toList());
        String pool = resources.present.get(POOL).desired().toJson();
        assertThat(services).allSatisfy(name -> assertThat(pool).contains("\"%s\":{\"replicas\":1".formatted(name)));
    }

    @Test
    void aServiceThatIsRemovedMeanwhileIsNotScaled() {
        String before = resources.present.get(POOL).toString();
        for (CallContext call :
                List.of(CallContext.INTERNAL, CallContext.INTERNAL.with(new IdempotencyKey("k1", "scale/up")))) {
            assertThatThrownBy(() -> files.scale("gone", 2, NOON, call))
                    .isInstanceOfSatisfying(
                            SmoException.class, no -> assertThat(no.kind()).isEqualTo(SmoException.Kind.NOT_FOUND))
                    .hasMessage("There is no service gone");
        }
        assertThat(resources.present.get(POOL)).hasToString(before);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ending) {
            throw new IllegalStateException(ending);
        }
    }

    @Test
    void aStepIsMadeThoughSomebodyElseChangesThePoolMeanwhile() {
        deployed();
        AtomicInteger changes = new AtomicInteger();
        resources.beforeApply = () -> {
            if (changes.incrementAndGet() <= 4) {
                Resource before = resources.present.get(POOL);
                ResourceWish wish = new ResourceWish(before.desired(), before.labels(), OptionalLong.empty());
                ChangeGate gate = resources.beforeApply;
                resources.beforeApply = () -> {};
                resources.service().apply(POOL, wish, ADMIN);
                resources.beforeApply = gate;
            }
        };
        CallContext keyed = OPERATOR.with(new IdempotencyKey("k1", "scale/up"));
        assertThat(json(api.scaleUp("web", false, by(keyed))).toJson()).contains("Scaling from 0 to 1");
        assertThat(changes).hasValue(5);
        assertThat(core.actions.entries()).containsExactly("ada graph.scale graph/shop/web accepted");
    }

    @Test
    void whatIsRefusedIsInTheAuditWithTheReasonAndWithoutValues() throws Exception {
        deployed();
        assertForbidden(() -> api.scaleUp("web", true, by(VIEWER)));
        assertForbidden(() -> api.reload(false, true, by(VIEWER)));
        assertForbidden(() -> api.abort("web", true, by(VIEWER)));
        assertThat(core.actions.entries()).as("dry runs").isEmpty();
        assertForbidden(() -> api.scaleUp("web", false, by(VIEWER)));
        assertForbidden(() -> api.abort("web", false, by(VIEWER)));
        assertForbidden(() -> api.reload(false, false, by(OPERATOR)));
        Files.writeString(file, Texts.LEAST.replace("min_replicas: 1", "min_replicas: 9"));
        assertThat(api.reload(false, true, by(ADMIN)).getStatus()).isEqualTo(422);
        assertThat(api.reload(false, false, by(ADMIN)).getStatus()).isEqualTo(422);
        Files.delete(file);
        assertThatThrownBy(() -> api.reload(false, false, by(ADMIN))).hasMessageContaining("cannot be read");
        assertThat(core.actions.entries())
                .containsExactly(
                        "vic graph.scale graph/shop/web forbidden vic may not scale web",
                        "vic container-pool.apply container-pool/default forbidden vic may not change the pool",
                        "ada container-pool.reload container-pool/default forbidden ada may not reload the file of the pool",
                        "root container-pool.reload container-pool/default invalid "
                                + "/services/web/max_replicas: is at least min_replicas",
                        "root container-pool.reload container-pool/default unavailable "
                                + "pool.yaml cannot be read: NoSuchFileException");
    }

    @Test
    void theRightToAChangeIsAskedForBeforeTheChangeIsLookedAt() {
        String pool = resources.present.get(POOL).toString();
        assertForbidden(() -> api.rollingUpdate("web", "not an image", true, by(VIEWER)));
        assertThat(core.actions.entries()).as("a dry run").isEmpty();
        assertForbidden(() -> api.rollingUpdate("web", "not an image", false, by(VIEWER)));
        assertForbidden(() -> api.restart("web", false, by(VIEWER)));
        assertThat(core.actions.entries())
                .containsExactly(
                        "vic container-pool.apply container-pool/default forbidden vic may not change the pool",
                        "vic container-pool.apply container-pool/default forbidden vic may not change the pool");
        assertThatThrownBy(() -> api.rollingUpdate("web", "not an image", true, by(OPERATOR)))
                .isInstanceOfSatisfying(
                        SmoException.class, no -> assertThat(no.kind()).isEqualTo(SmoException.Kind.INVALID));
        assertThat(core.actions.entries()).as("a dry run").hasSize(2);
        assertThatThrownBy(() -> api.rollingUpdate("web", "not an image", false, by(OPERATOR)))
                .isInstanceOfSatisfying(
                        SmoException.class, no -> assertThat(no.kind()).isEqualTo(SmoException.Kind.INVALID));
        assertThat(core.actions.entries())
                .as("without the value")
                .endsWith("ada container-pool.apply container-pool/default invalid "
                        + "The change is not valid at /services/web/image");
        assertThat(resources.present.get(POOL)).hasToString(pool);
    }

    @Test
    void whatFindsNothingToDoIsToldAndInTheAudit() {
        deployed();
        api.scaleUp("web", false, by(OPERATOR));
        assertThat(json(api.scaleDown("web", true, by(OPERATOR))).toJson()).contains("Already at min_replicas 1");
        assertThatThrownBy(() -> api.abort("web", true, by(OPERATOR))).hasMessageContaining("No update of web");
        assertThat(core.actions.entries()).as("dry runs").hasSize(1);
        assertThat(json(api.scaleDown("web", false, by(OPERATOR))).toJson())
                .contains("\"success\":false", "Already at min_replicas 1");
        for (int to = 2; to <= 4; to++) {
            api.scaleUp("web", false, by(OPERATOR));
        }
        assertThat(json(api.scaleUp("web", false, by(OPERATOR))).toJson())
                .contains("\"success\":false", "Already at max_replicas 4");
        assertThatThrownBy(() -> api.abort("web", false, by(OPERATOR))).hasMessageContaining("No update of web");
        assertThat(core.actions.entries())
                .containsExactly(
                        "ada graph.scale graph/shop/web accepted",
                        "ada graph.scale graph/shop/web conflict Already at min_replicas 1",
                        "ada graph.scale graph/shop/web accepted",
                        "ada graph.scale graph/shop/web accepted",
                        "ada graph.scale graph/shop/web accepted",
                        "ada graph.scale graph/shop/web conflict Already at max_replicas 4",
                        "ada container-pool.apply container-pool/default conflict No update of web is running");
    }

    private void deployed() {
        deployed("web");
    }

    private void deployed(String service) {
        JsonObject graph =
                JsonObject.EMPTY.with("hdaGraph", JsonObject.EMPTY.with("id", new JsonValue.JsonString(service)));
        graphs.service().deploy(graphs.reader().read("shop", graph), CallContext.INTERNAL);
        assertThat(graphs.present).containsKey(new GraphId("shop", service));
    }

    @Test
    void aRestartAndAnUpdateChangeThePoolOnce() {
        String before = resources.present.get(POOL).desired().toJson();
        assertThat(api.restart("none", false, by(OPERATOR)).getStatus()).isEqualTo(400);
        assertThat(json(api.restart("web", true, by(OPERATOR))).toJson()).contains("Would replace all containers");
        assertThat(resources.present.get(POOL).desired().toJson()).isEqualTo(before);
        assertThat(json(api.restart("web", false, by(OPERATOR))).toJson()).contains("\"success\":true");
        String restarted = resources.present.get(POOL).desired().toJson();
        assertThat(restarted).isNotEqualTo(before).contains("\"replaced\":{\"web\":");

        api.rollingUpdate("web", "registry.example/shop/web:2", false, by(OPERATOR));
        assertThat(resources.present.get(POOL).desired().toJson())
                .contains("\"image\":\"registry.example/shop/web:2\"");
        assertThatThrownBy(() -> api.rollingUpdate("web", "not an image", false, by(OPERATOR)))
                .isInstanceOf(SmoException.class);
    }

    @Test
    void anAbortedUpdateGoesBackOnceAndOnlyWhileItRuns() {
        assertThatThrownBy(() -> api.abort("web", false, by(OPERATOR)))
                .isInstanceOfSatisfying(
                        SmoException.class, no -> assertThat(no.kind()).isEqualTo(SmoException.Kind.CONFLICT))
                .hasMessageContaining("No update of web is running");
        assertThat(api.abort("none", false, by(OPERATOR)).getStatus()).isEqualTo(400);
        JsonObject before = resources.present.get(POOL).desired();
        api.rollingUpdate("web", "registry.example/shop/web:2", false, by(OPERATOR));
        assertThat(api.statistics("web", by(OPERATOR)).toJson())
                .contains("\"update\":{\"phase\":\"running\",\"image\":\"registry.example/shop/web:2\",\"from\":");

        JsonObject updated = resources.present.get(POOL).desired();
        assertThat(json(api.abort("web", true, by(OPERATOR))).toJson()).contains("Would go back to");
        assertThat(resources.present.get(POOL).desired()).isEqualTo(updated);
        CallContext keyed = OPERATOR.with(new IdempotencyKey("k2", "abort"));
        assertThat(json(api.abort("web", false, by(keyed))).toJson()).contains("\"success\":true", "It goes back");
        assertThat(json(api.abort("web", false, by(keyed))).toJson())
                .as("its answer was lost")
                .contains("\"success\":true", "accepted before");
        JsonObject aborted = resources.present.get(POOL).desired();
        assertThat(aborted.get("file")).isEqualTo(before.get("file"));
        assertThat(aborted.get("replaced")).isEqualTo(before.get("replaced"));
        assertThat(api.statistics("web", by(OPERATOR)).toJson()).contains("\"phase\":\"aborted\"");
        assertThatThrownBy(() -> api.abort("web", false, by(OPERATOR))).hasMessageContaining("the last one is aborted");
    }

    @Test
    void serversHaveTheirEngines() {
        assertThat(api.servers(by(OPERATOR)).toJson())
                .isEqualTo("[{\"host\":\"192.0.2.11\",\"name\":\"edge-1\",\"ssh_user\":\"deploy\",\"ssh_port\":22,"
                        + "\"max_containers\":12,\"current_containers\":3,\"role\":\"worker\",\"status\":\"healthy\","
                        + "\"docker_version\":\"4.3.1\",\"storage_driver\":\"vfs\",\"total_images\":7}]");
        api.inventories = List.of();
        assertThat(api.servers(by(OPERATOR)).toJson()).contains("\"status\":\"error\"", "\"error\":");
    }

    @Test
    void aReloadWithErrorsChangesNothingAndNamesThem() throws Exception {
        Files.writeString(file, Texts.LEAST.replace("min_replicas: 1", "min_replicas: 9"));
        Response refused = api.reload(false, false, by(ADMIN));
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(json(refused).toJson()).contains("\"detail\":", "/services/web/");
        assertThat(resources.present.get(POOL).generation()).isEqualTo(1);
    }

    @Test
    void aReloadTellsWhatChangedAndADryRunChangesNothing() throws Exception {
        Files.writeString(file, Texts.LEAST.replace("max_replicas: 4", "max_replicas: 5"));
        Response dry = api.reload(false, true, by(OPERATOR));
        assertThat(json(dry).toJson()).contains("nothing was changed", "max_replicas: 4 -> 5");
        assertThat(resources.present.get(POOL).generation()).isEqualTo(1);

        assertThat(json(api.reload(false, false, by(ADMIN))).toJson())
                .contains("\"message\":\"Configuration reloaded\"");
        assertThat(api.services(by(OPERATOR)).toJson()).contains("\"max_replicas\":5");
    }

    @Test
    void aLogIsThatOfAContainerOfTheService() {
        assertThat(api.log("web", "c3", 10, by(OPERATOR))).isEqualTo("docker/edge-1 c3\n10 lines");
        assertThatThrownBy(() -> api.log("web", "c", 10, by(OPERATOR))).hasMessageContaining("has no container c");
        assertThatThrownBy(() -> api.log("web", "other", 10, by(OPERATOR))).hasMessageContaining("has no container");
        assertThatThrownBy(() -> api.log("web", "c3", 0, by(OPERATOR))).hasMessageContaining("lines=0");
        assertThatThrownBy(() -> api.log("web", "c3", 10, by(NOBODY))).hasMessageContaining("not found");
    }

    @Test
    void whoMayNotSeeThePoolSeesNothingOfIt() {
        assertThat(api.services(by(NOBODY)).isEmpty()).isTrue();
        assertThat(api.servers(by(NOBODY)).items()).isEmpty();
        assertThat(api.events(by(NOBODY)).items()).isEmpty();
        assertThat(api.scaleUp("web", false, by(NOBODY)).getStatus()).isEqualTo(400);
        assertThatThrownBy(() -> api.reload(false, false, by(NOBODY))).isInstanceOf(SmoException.class);
    }

    @Test
    void viewersReadOperatorsScaleAndAdministratorsReload() throws Exception {
        deployed();
        assertThat(names(api.services(by(VIEWER)))).containsExactly("web");
        assertThat(names(api.explain("web", by(VIEWER)))).contains("rule");
        assertForbidden(() -> api.scaleUp("web", false, by(VIEWER)));
        assertForbidden(() -> api.scaleUp("web", true, by(VIEWER)));
        assertForbidden(() -> api.restart("web", true, by(VIEWER)));
        assertForbidden(() -> api.rollingUpdate("web", "", false, by(VIEWER)));
        assertForbidden(() -> api.reload(false, true, by(VIEWER)));
        assertForbidden(() -> api.reload(false, false, by(OPERATOR)));
        assertThat(resources.present.get(POOL).generation()).isEqualTo(1);
        assertThat(graphs.calls).noneMatch(call -> call.startsWith("hold"));

        assertThat(api.reload(false, true, by(OPERATOR)).getStatus()).isEqualTo(200);
        assertThat(api.scaleUp("web", false, by(OPERATOR)).getStatus()).isEqualTo(200);
        assertThat(api.restart("web", false, by(OPERATOR)).getStatus()).isEqualTo(200);
        assertThat(api.reload(false, false, by(ADMIN)).getStatus()).isEqualTo(200);
        assertThat(api.reload(false, false, by(CallContext.INTERNAL)).getStatus())
                .isEqualTo(200);
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.kind())
                .isEqualTo(SmoException.Kind.FORBIDDEN));
    }

    @Test
    void aDryRunChangesNothingAtAll() throws Exception {
        deployed();
        decided("web", 1, 2, "cpu-threshold", NOON.minusSeconds(600));
        Files.writeString(file, Texts.LEAST.replace("max_replicas: 4", "max_replicas: 5"));
        String pool = resources.present.get(POOL).toString();
        List<String> calls = List.copyOf(graphs.calls);
        String events = api.events(by(OPERATOR)).toJson();
        String stats = api.statistics("web", by(OPERATOR)).toJson();
        String explained = api.explain("web", by(OPERATOR)).toJson();

        api.scaleUp("web", true, by(OPERATOR));
        api.scaleDown("web", true, by(OPERATOR));
        api.restart("web", true, by(OPERATOR));
        api.rollingUpdate("web", "registry.example/shop/web:2", true, by(OPERATOR));
        api.reload(true, true, by(OPERATOR));

        assertThat(resources.present.get(POOL)).hasToString(pool);
        assertThat(graphs.calls).as("no hold").isEqualTo(calls);
        assertThat(api.events(by(OPERATOR)).toJson()).as("no event").isEqualTo(events);
        assertThat(api.statistics("web", by(OPERATOR)).toJson())
                .as("no cool-down")
                .isEqualTo(stats);
        assertThat(api.explain("web", by(OPERATOR)).toJson()).isEqualTo(explained);
        assertThat(core.events).hasSize(1);
    }

    private void decided(String service, int from, int to, String strategy, Instant at) {
        core.happened(
                "scaling.decision_made",
                service,
                at,
                JsonObject.EMPTY
                        .with("strategy", new JsonValue.JsonString(strategy))
                        .with("reason", new JsonValue.JsonString("CPU 82 % is at or above 75 %"))
                        .with("fromInAll", JsonValue.JsonNumber.of(from))
                        .with("toInAll", JsonValue.JsonNumber.of(to)));
    }

    @Test
    void whatAPersonScalesIsToldAndBeginsNoCoolDown() {
        decided("web", 1, 2, "person", NOON.minusSeconds(5));
        decided("web", 2, 1, "person", NOON.minusSeconds(4));
        assertThat(api.events(by(OPERATOR)).items())
                .extracting(event -> ((JsonObject) event).get("reason").orElseThrow())
                .containsExactly(
                        new JsonValue.JsonString("manual scale up"), new JsonValue.JsonString("manual scale down"));
        assertThat(api.statistics("web", by(OPERATOR)).toJson()).contains("\"cooldown_remaining\":0");

        decided("web", 1, 2, "cpu-threshold", NOON.minusSeconds(5));
        assertThat(api.statistics("web", by(OPERATOR)).toJson()).contains("\"cooldown_remaining\":55");
    }

    @Test
    void theLastHundredEventsOfThePoolAreThereAfterARestart() throws Exception {
        core.happened("other", "scaling.decision_made", "web", NOON, JsonObject.EMPTY);
        for (int i = 0; i < 120; i++) {
            decided("web", i, i + 1, "cpu-threshold", NOON.minusSeconds(1000 - i));
        }
        // the other shares of a decision say nothing about the whole service
        core.happened(
                "scaling.decision_made",
                "web",
                NOON,
                JsonObject.EMPTY.with("from", JsonValue.JsonNumber.of(1)).with("to", JsonValue.JsonNumber.of(2)));
        String before = api.events(by(OPERATOR)).toJson();
        assertThat(api.events(by(OPERATOR)).items()).hasSize(100);
        assertThat(before).contains("\"from_count\":119,\"to_count\":120").doesNotContain("\"to_count\":20,");
        load();
        assertThat(api.events(by(OPERATOR)).toJson()).isEqualTo(before);
    }

    @Test
    void aReplacementOfAnUnhealthyContainerIsAnEventWithoutACoolDown() {
        core.happened(
                "container.replaced",
                "web",
                NOON,
                JsonObject.EMPTY
                        .with("replicas", JsonValue.JsonNumber.of(2))
                        .with("reason", new JsonValue.JsonString("unhealthy on edge-1")));
        assertThat(api.events(by(OPERATOR)).toJson())
                .isEqualTo("[{\"service_name\":\"web\",\"action\":\"health_remove\",\"from_count\":2,"
                        + "\"to_count\":2,\"reason\":\"unhealthy on edge-1\",\"timestamp\":\"2026-06-01T12:00:00Z\"}]");
        assertThat(api.statistics("web", by(OPERATOR)).toJson()).contains("\"cooldown_remaining\":0");
    }

    @Test
    void metricsHaveTheNamesOfTheOriginal() {
        metrics.request("GET", "/services", 200, java.time.Duration.ofMillis(5));
        decided("web", 1, 2, "cpu-threshold", NOON);
        log.on(core.events.get(0));
        assertThat(api.metrics(by(OPERATOR)))
                .contains("api_requests_total{endpoint=\"/services\",method=\"GET\",status=\"200\"} 1.0")
                .contains("api_request_duration_seconds_count{endpoint=\"/services\",method=\"GET\"} 1")
                .contains("scaling_events_total{action=\"scale_up\",service=\"web\"} 1.0")
                .contains("container_count{service=\"web\"} 2.0");
    }
}
