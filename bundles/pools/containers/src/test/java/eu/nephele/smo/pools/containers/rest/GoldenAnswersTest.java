// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eu.nephele.smo.api.graph.ReplicaDecision;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.pool.PlayedGraphs;
import eu.nephele.smo.pools.containers.pool.PlayedResources;
import eu.nephele.smo.pools.containers.pool.PoolFileFormat;
import eu.nephele.smo.pools.containers.pool.PoolFiles;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each answer is that of its golden file, member by member. The files have the fields of the specification of the original's interface;
 * what is ours stands behind them: {@code server}, {@code health}, {@code image}, {@code image_digest}, and the explanation.
 */
class GoldenAnswersTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final PlayedCore core = new PlayedCore();
    private final PlayedGraphs graphs = new PlayedGraphs();
    private final PlayedResources resources = new PlayedResources();
    private Path file;
    private ContainersApi api;
    private final ContainerRequestContext request = (ContainerRequestContext) Proxy.newProxyInstance(
            ContainerRequestContext.class.getClassLoader(),
            new Class<?>[] {ContainerRequestContext.class},
            (proxy, method, given) -> CallContext.of("root", "127.0.0.1", Set.of("admin"), "c1"));

    @BeforeEach
    void load() throws Exception {
        file = Files.writeString(folder.resolve("pool.yaml"), Texts.LEAST);
        PoolFiles files = new PoolFiles(
                resources.service(),
                new PoolFileFormat(Map.of(), Optional.empty()),
                Optional.of(file),
                new ResourceRef("container-pool", "", "default"),
                "shop");
        ContainerMetrics metrics = new ContainerMetrics();
        api = new ContainersApi(
                files,
                core.services(graphs, resources),
                new ScalingLog(metrics, core, files),
                metrics,
                Clock.fixed(NOON, ZoneOffset.UTC));
        api.inventories = List.of(new TwoContainers());
        api.reload(false, false, request);
        JsonObject graph = JsonObject.EMPTY.with("hdaGraph", JsonObject.EMPTY.with("id", new JsonString("web")));
        graphs.service().deploy(graphs.reader().read("shop", graph), CallContext.INTERNAL);
        core.happened(
                "scaling.decision_made",
                "web",
                NOON.minusSeconds(20),
                JsonObject.EMPTY
                        .with("strategy", new JsonString("cpu-threshold"))
                        .with("reason", new JsonString("CPU 82 % is at or above 75 %"))
                        .with("fromInAll", JsonNumber.of(1))
                        .with("toInAll", JsonNumber.of(2)));
        core.decisions.add(new ReplicaDecision(
                NOON.minusSeconds(20), "cpu-threshold", 1, 2, false, "CPU 82 % is at or above 75 %"));
        core.placement = Optional.of(JsonObject.EMPTY
                .with("at", new JsonString("2026-06-01T11:00:00Z"))
                .with("strategy", new JsonString("least-of-this-service"))
                .with("text", JsonArray.ofStrings(List.of("web is placed on edge-1."))));
    }

    private static void assertGolden(String name, String answer) throws IOException {
        try (InputStream golden = GoldenAnswersTest.class.getResourceAsStream("/golden/%s.json".formatted(name))) {
            assertThat(JSON.readTree(answer))
                    .as("%s: %s", name, answer)
                    .isEqualTo(JSON.readTree(Objects.requireNonNull(golden)));
        }
    }

    private static void assertGolden(String name, int status, Response answer) throws IOException {
        assertThat(answer.getStatus()).isEqualTo(status);
        assertGolden(name, ((JsonValue) answer.getEntity()).toJson());
    }

    @Test
    void readsHaveTheFieldsOfTheOriginal() throws Exception {
        assertGolden("root", api.root().toJson());
        assertGolden("status", api.status(request).toJson());
        assertGolden("services", api.services(request).toJson());
        assertGolden("stats", api.statistics("web", request).toJson());
        assertGolden("servers", api.servers(request).toJson());
        assertGolden("events", api.events(request).toJson());
        assertGolden("explain", api.explain("web", request).toJson());
    }

    @Test
    void actionsHaveTheFieldsOfTheOriginal() throws Exception {
        assertGolden("scale-up", 200, api.scaleUp("web", false, request));
        assertGolden("scale-down-at-limit", 200, api.scaleDown("web", false, request));
        assertGolden("restart", 200, api.restart("web", false, request));
        assertGolden("rolling-update", 200, api.rollingUpdate("web", "registry.example/shop/web:2", false, request));
        assertGolden("reload", 200, api.reload(false, false, request));
    }

    @Test
    void refusalsHaveADetail() throws Exception {
        assertGolden("unknown", 400, api.scaleUp("none", false, request));
        assertGolden("unknown", 400, api.scaleDown("none", false, request));
        assertGolden("unknown", 400, api.restart("none", false, request));
        assertGolden("unknown", 400, api.rollingUpdate("none", "", false, request));
        Files.writeString(file, Texts.LEAST.replace("port: 8080", "port: 0"));
        assertGolden("reload-errors", 422, api.reload(false, false, request));
    }
}
