// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.graph.GraphService;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services of the core may be unavailable; the REST API stays. */
final class RoomsApiTest {

    private final Api api = new Api();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/graphs/hello",
                "/project/p/graphs",
                "/api/v1/projects",
                "/api/v1/projects/p/graphs",
                "/api/v1/projects/p/graphs/hello"
            })
    void withoutTheEngineACallIs503ThatNamesItAndWithItTheSameCallIsServed(String path) {
        Optional<GraphService> engine = api.inMemoryCoreServices.engine;
        assertThat(api.post("/project/p/graphs", Samples.HELLO).status()).isEqualTo(202);
        api.inMemoryCoreServices.engine = Optional.empty();

        isUnavailable(api.get(path), "engine");

        api.inMemoryCoreServices.engine = engine;
        assertThat(api.get(path).status()).isEqualTo(200);
    }

    @Test
    void eachAbsentServiceIsNamedAndPathsThatDoNotNeedItAreServed() {
        api.inMemoryCoreServices.reader = Optional.empty();
        isUnavailable(api.post("/project/p/graphs", Samples.HELLO), "descriptor reader");
        isUnavailable(api.get("/api/v1/schemas/hdag"), "descriptor reader");
        api.inMemoryCoreServices.decisions = Optional.empty();
        isUnavailable(api.get("/api/v1/projects/p/graphs/hello/decisions"), "journal");
        api.inMemoryCoreServices.catalog = Optional.empty();
        isUnavailable(api.get("/api/v1/strategies"), "list of strategies");
        api.inMemoryCoreServices.capacity = Optional.empty();
        isUnavailable(api.get("/clusters"), "store");

        assertThat(api.get("/project/p/graphs").status()).isEqualTo(200);
        assertThat(api.get("/api/v1/version").status()).isEqualTo(200);
        assertThat(api.get("/openapi.yaml").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/plugins, installation of plugins",
        "DELETE, /api/v1/plugins/x, installation of plugins",
        "POST, /api/v1/strategies/placement/x/1/let-in, control of strategies",
        "GET, /api/v1/shadows, shadow service",
        "DELETE, /api/v1/shadows/x, shadow service",
        "GET, /api/v1/replays, replay service",
        "GET, /api/v1/sensitivity?graph=demo/hello&objective=carbon, sensitivity service",
        "GET, /api/v1/fleet/plans, fleet service",
        "GET, /api/v1/fleet/plans/x, fleet service",
        "GET, /api/v1/users, identity service",
        "GET, /api/v1/audit, audit",
        "GET, /api/v1/whoami, session service",
        "GET, /api/v1/runtime, runtime monitor",
        "POST, /api/v1/runtime/profile, profiler",
        "POST, /api/v1/runtime/diagnosis, diagnosis",
    })
    void absentServicesOfThePluginPlatformAre503(String method, String path, String part) {
        api.platform.away = true;

        isUnavailable(api.call(method, path, BodyPublishers.noBody()), part);
        assertThat(api.get("/api/v1/strategies").status())
                .as("installed strategies are listed without it")
                .isEqualTo(200);
    }

    @Test
    void aServiceThatLeavesDuringACallIs503AndNoDefect() {
        api.inMemoryCoreServices.engine =
                Optional.of(failing(() -> api.inMemoryCoreServices.engine = Optional.empty()));
        isUnavailable(api.get("/project/p/graphs"), "engine");

        api.inMemoryCoreServices.engine = Optional.of(failing(() -> {}));
        assertThat(api.get("/project/p/graphs").status())
                .as("a defect of a present service is a defect")
                .isEqualTo(500);
    }

    @Test
    void onlyTheGateMayTakeTheInterfaceAway() throws IOException {
        assertThat(references("SmoApplication"))
                .as("what is referred to statically: the gate, and components of this bundle")
                .noneMatch(reference -> reference.contains("cardinality") || reference.contains("policy"))
                .map(reference -> reference.replaceAll(".* interface=\"[^\"]*\\.(\\w+)\".*", "$1"))
                .containsExactlyInAnyOrder(
                        "AccessGate",
                        "CoreServices",
                        "OutsideServices",
                        "PlatformServices",
                        "SubsystemRegistry",
                        "OpenApiDocument");
        assertThat(references("docs.OpenApiDocument")).isEmpty();
        for (String component :
                List.of("CoreServices", "OutsideServices", "PlatformServices", "subsystem.SubsystemRegistry")) {
            assertThat(references(component)).isNotEmpty().allSatisfy(reference -> assertThat(reference)
                    .contains("cardinality=\"0..", "policy=\"dynamic\""));
        }
    }

    private static List<String> references(String component) throws IOException {
        String file = "/OSGI-INF/eu.nephele.smo.access.rest.%s.xml".formatted(component);
        try (InputStream description = RoomsApiTest.class.getResourceAsStream(file)) {
            assertThat(description).as(file).isNotNull();
            String text = new String(description.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().filter(line -> line.contains("<reference")).toList();
        }
    }

    private static void isUnavailable(Api.Answer answer, String part) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.problem()).isEqualTo("unavailable");
        assertThat(answer.json().path("detail").asText()).startsWith("The " + part + " is unavailable");
    }

    private static GraphService failing(Runnable before) {
        return (GraphService) Proxy.newProxyInstance(
                GraphService.class.getClassLoader(),
                new Class<?>[] {GraphService.class},
                (proxy, method, arguments) -> {
                    before.run();
                    throw new IllegalStateException("the pool is closed");
                });
    }
}
