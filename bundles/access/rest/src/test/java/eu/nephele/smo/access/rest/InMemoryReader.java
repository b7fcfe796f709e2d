// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.ServiceScaling;
import eu.nephele.smo.api.model.ServiceSpec;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.model.Trigger;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.descriptor.LintReport;
import eu.nephele.smo.core.contract.json.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads just enough of a descriptor for the interface to have something to show. */
final class InMemoryReader implements DescriptorReader {

    @Override
    public DescriptorSource read(String project, byte[] body, Format format) {
        ObjectMapper mapper = format == Format.YAML ? new YAMLMapper() : new ObjectMapper();
        try {
            JsonNode tree = mapper.readTree(body);
            if (tree.has("artifact")) {
                return new DescriptorSource.ByReference(tree.get("artifact").asText(), StrategyOverride.NONE);
            }
            if (!(tree.path("hdaGraph") instanceof ObjectNode descriptor)) {
                throw SmoException.invalid(
                        "The descriptor is not valid",
                        List.of(new Violation("/hdaGraph", "is missing, and so is artifact")));
            }
            List<String> warnings = new ArrayList<>();
            descriptor.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(name -> name.startsWith("x-"))
                    .forEach(name -> warnings.add("/hdaGraph/%s is ignored\r\nSet-Cookie: no".formatted(name)));
            return new DescriptorSource.Inline(
                    restore(project, StrictJson.object(descriptor)), StrategyOverride.NONE, warnings);
        } catch (JsonProcessingException malformed) {
            throw SmoException.invalid(
                    "The body cannot be read", List.of(new Violation("", malformed.getOriginalMessage())));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public LintReport lint(String project, byte[] body, Format format) {
        try {
            read(project, body, format);
            return new LintReport(List.of(), List.of("a warning"), 1);
        } catch (SmoException invalid) {
            if (invalid.kind() != SmoException.Kind.INVALID) {
                throw invalid;
            }
            return new LintReport(
                    invalid.violations().stream()
                            .map(violation -> new LintReport.Finding(violation.pointer(), violation.message(), 2, 5))
                            .toList(),
                    List.of(),
                    0);
        }
    }

    @Override
    public Graph restore(String project, JsonObject descriptor) {
        ObjectNode node = (ObjectNode) StrictJson.node(descriptor);
        List<ServiceSpec> services = new ArrayList<>();
        node.path("services").forEach(service -> services.add(service(service)));
        return new Graph(
                new GraphId(project, node.path("id").asText()),
                node.path("version").asText(""),
                node.path("hdaGraphIntent").path("useStaticPlacement").asBoolean(),
                Map.of(),
                services,
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                descriptor);
    }

    private static ServiceSpec service(JsonNode service) {
        List<Trigger.EventRule> events = new ArrayList<>();
        service.path("events")
                .forEach(event -> events.add(
                        new Trigger.EventRule(event.asText(), "up == 0", Duration.ofSeconds(90), "something happens")));
        Trigger.Condition condition =
                service.path("condition").asText().equals("ALL") ? Trigger.Condition.ALL : Trigger.Condition.ANY;
        Trigger trigger = events.isEmpty() ? new Trigger.Auto(List.of()) : new Trigger.OnEvent(condition, events);
        JsonObject values = JsonObject.EMPTY.with("colour", new JsonString("blue"));
        return new ServiceSpec(
                service.path("id").asText(),
                trigger,
                new Artifact("oci://registry/chart", "App", "helm", "helm", values),
                Map.of("compute", new JsonString(service.path("cpu").asText("light"))),
                ServiceScaling.UNSPECIFIED);
    }

    @Override
    public JsonObject schema() {
        return JsonObject.EMPTY.with("$id", new JsonString("urn:test:hdag"));
    }
}
