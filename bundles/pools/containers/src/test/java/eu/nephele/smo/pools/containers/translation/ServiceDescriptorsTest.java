// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.lab.conformance.parameters.ParameterDefaults;
import eu.nephele.smo.pools.containers.Texts;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.file.ServerEntry;
import eu.nephele.smo.pools.containers.file.ServiceEntry;
import eu.nephele.smo.scaling.scheduled.ScheduledParameters;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceDescriptorsTest {

    private static final ContainersFile SHOP = Texts.read(Texts.shop());
    /** 15:00 in Dhaka: one of the servers is closed. */
    private static final Instant AFTERNOON = Instant.parse("2026-05-06T09:00:00Z");

    private final DescriptorsOfTests server = new DescriptorsOfTests();

    private static JsonObject descriptor(ContainersFile file, String service, Instant at) {
        return new ServiceDescriptors(Optional.of("registry.example"))
                .descriptor(file, file.service(service).orElseThrow(), at);
    }

    private static JsonObject descriptor(String service) {
        return descriptor(SHOP, service, AFTERNOON);
    }

    /** What a pointer of names and indexes leads to, as JSON. */
    private static String at(JsonObject descriptor, String path) {
        JsonValue value = descriptor;
        for (String step : path.split("\\.")) {
            value = step.matches("[0-9]+")
                    ? value.asArray().orElseThrow().get(Integer.parseInt(step))
                    : value.asObject()
                            .flatMap(object -> object.get(step))
                            .orElseThrow(() -> new AssertionError(step + " of " + path));
        }
        return value.toJson();
    }

    private static final String SERVICE = "hdaGraph.services.0.";
    private static final String SCALING = "hdaGraph.strategies.scaling.";

    @ParameterizedTest
    @ValueSource(strings = {"web", "reports", "tills"})
    void serversOfTheProductReadThem(String name) {
        Graph graph = server.read(descriptor(name));
        ServiceEntry entry = SHOP.service(name).orElseThrow();

        assertThat(graph.id().name()).isEqualTo(name);
        ServiceSpec service = graph.services().get(0);
        assertThat(graph.services()).hasSize(1);
        assertThat(service.id()).isEqualTo(name);
        assertThat(service.artifact().isImage()).isTrue();
        assertThat(service.artifact().runtime()).isEqualTo(Artifact.CONTAINER);
        assertThat(service.scaling().maxReplicas()).hasValue(entry.replicas().max());
        assertThat(graph.scaling().id()).isPresent();
        assertThat(graph.placement().id()).isPresent();
    }

    @Test
    void theLeastFileIsReadToo() {
        ContainersFile least = Texts.read(Texts.LEAST);
        assertThat(server.read(descriptor(least, "web", AFTERNOON)).services()).hasSize(1);
    }

    @Test
    void limitsOfAnUpdateAreValuesWhereTheyAreNotTheUsualOnes() {
        String limited = Texts.service("update: { batch_size: 3, max_unavailable: 1 }");
        assertThat(descriptor(Texts.read(limited), "web", AFTERNOON).toJson())
                .contains("\"update\":{\"batchSize\":3,\"maxUnavailable\":1}");
        assertThat(descriptor(Texts.read(Texts.LEAST), "web", AFTERNOON).toJson())
                .doesNotContain("batchSize");
    }

    @Test
    void anImageGetsItsRegistryAndValues() {
        assertThat(at(descriptor("web"), SERVICE + "artifact.ociImage"))
                .isEqualTo("\"oci://registry.example:5000/shop/web:1.4.2\"");
        assertThat(at(descriptor("web"), SERVICE + "artifact.valuesOverwrite"))
                .isEqualTo("{\"port\":8080,"
                        + "\"environment\":{\"DB_HOST\":\"db.shop.example\","
                        + "\"DB_PASSWORD\":{\"secret\":\"env:SHOP_DB_PASSWORD\"},"
                        + "\"GREETING\":\"two = signs, and ${BRACES}\"},"
                        + "\"volumes\":[\"/srv/shop/static:/usr/share/static:ro\",\"web-cache:/var/cache/web\"],"
                        + "\"health\":{\"path\":\"/health\",\"port\":8080,\"intervalSeconds\":10,\"timeoutSeconds\":5,"
                        + "\"rise\":2,\"fall\":3,\"graceSeconds\":30},"
                        + "\"balancer\":{\"port\":8080,\"queueSeconds\":0},\"drainSeconds\":30,\"startSeconds\":210}");
        assertThat(at(descriptor("web"), SERVICE + "artifact.ociRun.name")).isEqualTo("\"container\"");
        assertThat(at(descriptor("reports"), SERVICE + "artifact.valuesOverwrite.health.port"))
                .isEqualTo("9001");
        assertThat(at(descriptor("reports"), SERVICE + "artifact.valuesOverwrite.balancer"))
                .isEqualTo("{\"port\":9000,\"queueSeconds\":30}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "registry.example/a:1, oci://registry.example/a:1",
        "registry.example:5000/a/b, oci://registry.example:5000/a/b",
        "localhost/a, oci://localhost/a",
        "a, oci://default.example/hub/a",
        "a:1, oci://default.example/hub/a:1",
        "shop/a:1, oci://default.example/hub/shop/a:1",
    })
    void imagesWithoutRegistryHaveTheDefaultOne(String image, String expected) {
        assertThat(new ImageAddress(Optional.of("default.example/hub")).oci("web", image))
                .isEqualTo(expected);
    }

    @Test
    void withoutADefaultRegistryTheyAreRefused() {
        ServiceDescriptors descriptors = new ServiceDescriptors(Optional.empty());
        ServiceEntry reports = SHOP.service("reports").orElseThrow();
        assertThatThrownBy(() -> descriptors.descriptor(SHOP, reports, AFTERNOON))
                .isInstanceOfSatisfying(SmoException.class, refused -> assertThat(refused.violations())
                        .extracting(violation -> violation.pointer())
                        .containsExactly("/services/reports/image"));
    }

    @Test
    void allOpenServersHaveAlmostTheSameWeightInTheOrderOfTheFile() {
        String spread = SERVICE + "deployment.intent.spread";
        Instant evening = Instant.parse("2026-05-06T15:00:00Z");
        assertThat(at(descriptor("web"), spread))
                .isEqualTo("{\"weights\":{\"edge-1\":1000000,\"edge-2\":999999},\"maxReplicasPerCluster\":3}");
        assertThat(at(descriptor(SHOP, "reports", evening), spread))
                .isEqualTo("{\"weights\":{\"edge-1\":1000000,\"edge-2\":999999,\"night-1\":999998}}");
        List<ServerEntry> turned = new ArrayList<>(SHOP.servers());
        Collections.reverse(turned);
        assertThat(at(descriptor(SHOP.with(turned, SHOP.services()), "reports", AFTERNOON), spread))
                .isEqualTo("{\"weights\":{\"edge-2\":999999,\"edge-1\":999998}}");
        assertThat(at(descriptor(SHOP, "tills", evening), spread))
                .as("another strategy")
                .isEqualTo("{\"weights\":{\"edge-1\":1,\"edge-2\":1,\"night-1\":1}}");
        ContainersFile named = Texts.read(Texts.service("placement: { strategy: least-of-this-service }"));
        assertThat(at(descriptor(named, "web", AFTERNOON), spread)).isEqualTo("{\"weights\":{\"edge-1\":1000000}}");
    }

    @Test
    void ifAllServersAreClosedNothingIsMoved() {
        ContainersFile night = SHOP.with(SHOP.servers().subList(2, 3), SHOP.services());
        assertThat(at(descriptor(night, "tills", AFTERNOON), SERVICE + "deployment.intent.spread"))
                .isEqualTo("{\"weights\":{\"night-1\":1}}");
        assertThat(at(descriptor(night, "reports", AFTERNOON), SERVICE + "deployment.intent.spread"))
                .isEqualTo("{\"weights\":{\"night-1\":1000000}}");
    }

    @Test
    void thresholdsAreWithinTheBusinessHours() {
        JsonObject web = descriptor("web");
        assertThat(at(web, SCALING + "id")).isEqualTo("\"scheduled\"");
        assertThat(at(web, SCALING + "intervalSeconds")).isEqualTo("30");
        assertThat(at(web, SCALING + "parameters.outside")).isEqualTo("\"keep\"");
        assertThat(at(web, SCALING + "parameters.holidays")).isEqualTo("[\"12-16\",\"2026-03-26\"]");
        assertThat(at(web, SCALING + "parameters.base"))
                .isEqualTo("{\"id\":\"cpu-threshold\",\"parameters\":"
                        + "{\"up\":75,\"down\":25,\"cooldownSeconds\":60,\"fullCores\":1}}");
        assertThat(at(web, SERVICE + "scaling")).isEqualTo("{\"minReplicas\":1,\"maxReplicas\":6}");
        ScheduledParameters schedule = schedule(web);
        assertThat(schedule.warmUp()).isEqualTo(Duration.ofMinutes(10));
        assertThat(schedule.windows()).singleElement().satisfies(window -> {
            assertThat(window.minReplicas()).contains(1);
            assertThat(window.zone()).contains("Asia/Dhaka");
            assertThat(window.businessHours().orElseThrow().from()).isEqualTo("09:00");
            assertThat(window.businessHours().orElseThrow().to()).isEqualTo("17:00");
            assertThat(window.businessHours().orElseThrow().days()).hasSize(7);
        });
    }

    @Test
    void withoutBusinessHoursNothingIsHeldBack() {
        JsonObject reports = descriptor("reports");
        assertThat(at(reports, "hdaGraph.strategies.scaling"))
                .isEqualTo(
                        "{\"id\":\"idle\",\"parameters\":{\"idleAfter\":\"PT15M\",\"base\":{\"id\":\"cpu-threshold\","
                                + "\"parameters\":{\"up\":80,\"down\":30,\"cooldownSeconds\":120,\"fullCores\":1}}},"
                                + "\"intervalSeconds\":30}");
    }

    @Test
    void outsideOfTheBusinessHoursTheNumberOfReplicasHolds() {
        JsonObject tills = descriptor("tills");

        assertThat(at(tills, SERVICE + "scaling")).isEqualTo("{\"minReplicas\":1,\"maxReplicas\":8}");
        assertThat(at(tills, SCALING + "parameters.outside")).isEqualTo("\"minimum\"");
        assertThat(schedule(tills).windows())
                .hasSize(2)
                .allSatisfy(window -> assertThat(window.minReplicas()).contains(2))
                .extracting(window -> window.businessHours().orElseThrow())
                .extracting(hours -> "%s %s-%s".formatted(hours.days(), hours.from(), hours.to()))
                .containsExactly("[MON, TUE, WED, THU, FRI, SAT] 08:00-13:00", "[MON, TUE, WED, THU, FRI] 14:00-20:00");
    }

    /** The parameters as the strategy itself reads them; what it does not know yet is left out. */
    private static ScheduledParameters schedule(JsonObject descriptor) {
        JsonObject parameters = descriptor
                .get("hdaGraph")
                .flatMap(JsonValue::asObject)
                .flatMap(graph -> graph.get("strategies"))
                .flatMap(JsonValue::asObject)
                .flatMap(strategies -> strategies.get("scaling"))
                .flatMap(JsonValue::asObject)
                .flatMap(scaling -> scaling.get("parameters"))
                .flatMap(JsonValue::asObject)
                .orElseThrow();
        Map<String, JsonValue> known = new LinkedHashMap<>(parameters.members());
        known.keySet()
                .retainAll(Stream.of(ScheduledParameters.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        return (ScheduledParameters) ParameterDefaults.bind(ScheduledParameters.class, new JsonObject(known));
    }

    @Test
    void strategiesOfTheServiceReplaceThoseOfThePool() {
        assertThat(at(descriptor("tills"), "hdaGraph.strategies.placement.id")).isEqualTo("\"spread-out\"");
        assertThat(at(descriptor("web"), "hdaGraph.strategies.placement.id")).isEqualTo("\"least-of-this-service\"");
        ContainersFile file = Texts.read(
                Texts.service("business_hours_only: false\nscaling: { strategy: mine, parameters: { a: 1 } }"));
        assertThat(at(descriptor(file, "web", AFTERNOON), "hdaGraph.strategies.scaling"))
                .isEqualTo("{\"id\":\"mine\",\"parameters\":{\"a\":1},\"intervalSeconds\":30}");
    }

    @Test
    void serversAreConfigurationsOfTheAdapter() {
        assertThat(ServerConfigurations.properties(SHOP, SHOP.servers().get(1)))
                .hasToString(
                        "{name=edge-2, host=edge-2.shop.example, endpoint=ssh://deploy@edge-2.shop.example:2222,"
                                + " sshKeyFile=/etc/smo/keys/edge-2, maxContainers=8, role=worker, hostPaths=[/srv/shop/static], secrets=[env:REPORTS_TOKEN, env:SHOP_DB_PASSWORD]}");
        ContainersFile six = Texts.read(Texts.with("192.0.2.11", "\"2001:db8::1\""));
        assertThat(ServerConfigurations.properties(six, six.servers().get(0)))
                .containsEntry("endpoint", "ssh://deploy@[2001:db8::1]:22")
                .containsEntry("hostPaths", List.of());
        assertThat(ServerConfigurations.properties(SHOP, SHOP.servers().get(0))).containsEntry("role", "control");
    }
}
