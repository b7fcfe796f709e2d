// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import eu.nephele.smo.access.rest.docs.ProductContract;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI document and the program agree, in both directions. */
final class ContractTest {

    private final Contract contract = Contract.ofProduct();

    /** The page that shows the document is stricter than a lenient parser. */
    @Test
    void everyMemberOfTheDocumentIsThereOnce() throws IOException {
        YAMLMapper strict = YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        assertThat(strict.readTree(ProductContract.joined().yaml())
                        .path("openapi")
                        .asText())
                .startsWith("3.1");
    }

    private static Map<String, Method> implemented() {
        try (Api api = new Api()) {
            Map<String, Method> operations = new LinkedHashMap<>();
            resources(api).forEach(type -> Stream.of(type.getMethods())
                    .filter(method -> verb(method) != null)
                    .forEach(method -> operations.put(verb(method) + " " + path(type, method), method)));
            return operations;
        }
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static List<Class<?>> resources(Api api) {
        List<Class<?>> types = new ArrayList<>();
        for (Object part : api.application().getSingletons()) {
            if (part.getClass().isAnnotationPresent(Path.class)) {
                types.add(part.getClass());
            }
        }
        api.installed.forEach(subsystem -> subsystem.resources().forEach((word, resource) -> {
            assertThat(resource.getClass().getAnnotation(Path.class).value()).isEqualTo("api/v1/" + word);
            types.add(resource.getClass());
        }));
        return types;
    }

    private static String verb(Method method) {
        return Stream.of(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(found -> found != null)
                .map(HttpMethod::value)
                .findFirst()
                .orElse(null);
    }

    private static String path(Class<?> type, Method method) {
        String below = method.isAnnotationPresent(Path.class)
                ? method.getAnnotation(Path.class).value()
                : "";
        return "/"
                + Stream.of(type.getAnnotation(Path.class).value(), below)
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("/"));
    }

    @Test
    void everyOperationOfTheDocumentIsImplementedAndEveryMethodIsInTheDocument() {
        assertThat(implemented().keySet())
                .containsExactlyInAnyOrderElementsOf(contract.operations().keySet())
                .hasSizeGreaterThan(25);
    }

    @Test
    void queryParametersAreTheSame() {
        Map<String, JsonNode> documented = contract.operations();
        implemented().forEach((operation, method) -> assertThat(queryParameters(method))
                .as(operation)
                .isEqualTo(contract.queryParameters(documented.get(operation))));
    }

    private static Set<String> queryParameters(Method method) {
        return Stream.of(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                .map(parameter -> parameter.getAnnotation(QueryParam.class).value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What callers may do is decided by this; the test of the whole product calls each operation with each role. */
    @Test
    void everyOperationSaysWhichPermissionItNeeds() {
        Pattern permission =
                Pattern.compile("open|authenticated|filtered|(read|create|update|delete|operate) [a-z][a-z-]*");
        contract.operations().forEach((name, operation) -> assertThat(
                        operation.path("x-smo-permission").asText())
                .as("x-smo-permission of %s", name)
                .matches(permission));
    }

    @Test
    void operationIdsAreUnique() {
        List<String> ids = contract.operations().values().stream()
                .map(operation -> operation.path("operationId").asText())
                .toList();

        assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id).isNotBlank());
    }

    @Test
    void everyBodyHasAFullSchemaAndExamplesThatMatchIt_D34() {
        contract.operations().forEach((name, operation) -> {
            JsonNode json = operation.path("requestBody").path("content").path("application/json");
            if (!json.isMissingNode()) {
                assertThat(json.path("examples").size()).as(name).isPositive();
                json.path("examples").forEach(example -> {
                    JsonNode value =
                            contract.document().at(example.path("$ref").asText().substring(1) + "/value");
                    contract.checkBody(json.path("schema"), value.toString().getBytes(StandardCharsets.UTF_8), name);
                });
            }
        });
    }

    @Test
    void anUnchangedContractIsNotSentAgain() {
        try (Api api = new Api()) {
            Api.Answer document = api.get("/openapi.yaml");
            assertThat(document.header("Content-Type")).isEqualTo("application/yaml;charset=UTF-8");
            assertThat(api.get("/openapi.yaml", "If-None-Match", document.header("ETag"))
                            .status())
                    .isEqualTo(304);
            assertThat(api.get("/openapi.yaml", "If-None-Match", "\"another\"").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theDocumentIsServedAndThePagesNeedNoOtherHost_D33() {
        try (Api api = new Api()) {
            assertThat(api.get("/openapi.yaml").text()).startsWith("openapi: 3.1.0");
            Api.Answer page = api.get("/docs/");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).doesNotContain("http://", "https://", "//cdn");
            assertThat(api.get("/docs").header("Location")).endsWith("/docs/");
            assertThat(List.of("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png"))
                    .allSatisfy(file ->
                            assertThat(api.get("/docs/" + file).status()).isEqualTo(200));
            assertThat(api.get("/docs/start.js").text()).contains("/openapi.yaml");
            assertThat(api.get("/docs/other.html").status()).isEqualTo(404);
        }
    }
}
