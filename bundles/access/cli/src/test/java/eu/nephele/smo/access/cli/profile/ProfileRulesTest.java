// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.FakeSmo;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rules of this program are those of the server: samples around each keyword of the server's schema. */
class ProfileRulesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Whoever uses another keyword in the schema has to write samples for it here. */
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$defs",
            "$ref",
            "description",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "minLength",
            "maxLength",
            "minimum",
            "exclusiveMinimum",
            "maximum");

    private static final BigDecimal STEP = new BigDecimal("0.001");

    private final JsonNode schema = schema();

    private record Sample(String what, JsonNode value, boolean accepted) {}

    private static JsonNode schema() {
        try {
            return FakeSmo.json(
                    Files.readString(
                            Path.of(
                                    "../../core/profiles/src/main/resources/eu/nephele/smo/core/profiles/service-profile.schema.json")));
        } catch (IOException missing) {
            throw new IllegalStateException("The schema of the server has another place", missing);
        }
    }

    @TestFactory
    Stream<DynamicTest> whatTheSchemaTakesIsTakenAndNothingElse() {
        return samples("desired", schema).stream()
                .map(sample -> DynamicTest.dynamicTest(sample.what(), () -> {
                    List<String> mistakes = ProfileRules.mistakes(sample.value());
                    assertThat(mistakes.isEmpty())
                            .as("%s: %s", sample.value(), mistakes)
                            .isEqualTo(sample.accepted());
                }));
    }

    @Test
    void theSamplesReachEveryMember() {
        assertThat(samples("desired", schema))
                .extracting(Sample::what)
                .contains(
                        "desired/artifact of 0 characters",
                        "desired/rejected/careful without beta",
                        "desired/proposal/quality/explained 1.001")
                .hasSizeGreaterThan(300);
    }

    @Test
    void numbersThatNoServerReadsAreRefused() {
        for (String alpha : List.of("1e-310", "1e400", "1e-400", "null", "\"1\"")) {
            assertThat(ProfileRules.mistakes(FakeSmo.json(
                            "{\"artifact\":\"a\",\"applied\":{\"alpha\":%s,\"beta\":0}}".formatted(alpha))))
                    .as(alpha)
                    .singleElement()
                    .asString()
                    .startsWith("applied/alpha has to be a number above 0");
        }
        for (String observations : List.of("9".repeat(101), "1e400", "2.5")) {
            assertThat(ProfileRules.mistakes(FakeSmo.json(
                            "{\"artifact\":\"a\",\"applied\":{\"alpha\":1,\"beta\":0,\"quality\":{\"observations\":%s}}}"
                                    .formatted(observations))))
                    .as(observations)
                    .hasSize(1);
        }
    }

    private JsonNode resolved(JsonNode rule) {
        String reference = rule.path("$ref").asText();
        JsonNode resolved = reference.isEmpty() ? rule : schema.at(reference.substring(1));
        assertThat(List.of(rule, resolved)).allSatisfy(each -> assertThat(KEYWORDS)
                .containsAll(each.properties().stream()
                        .map(member -> member.getKey())
                        .toList()));
        return resolved;
    }

    private List<Sample> samples(String place, JsonNode rule) {
        JsonNode resolved = resolved(rule);
        String type = resolved.path("type").asText();
        List<Sample> samples = new ArrayList<>();
        switch (type) {
            case "object" -> samples.addAll(ofObject(place, resolved));
            case "string" -> samples.addAll(ofText(place, resolved));
            case "number", "integer" -> samples.addAll(ofNumber(place, resolved, type.equals("integer")));
            default -> throw new IllegalStateException("No samples are written for the type '%s'".formatted(type));
        }
        ofOtherTypes(type).forEach(other -> samples.add(new Sample("%s as %s".formatted(place, other), other, false)));
        return samples;
    }

    private static List<JsonNode> ofOtherTypes(String type) {
        return Stream.<JsonNode>of(
                        JSON.objectNode(),
                        JSON.arrayNode(),
                        JSON.textNode("1"),
                        JSON.numberNode(1),
                        JSON.booleanNode(true),
                        JSON.nullNode())
                .filter(value -> !switch (type) {
                    case "object" -> value.isObject();
                    case "string" -> value.isTextual();
                    default -> value.isNumber();
                })
                .toList();
    }

    private List<Sample> ofObject(String place, JsonNode rule) {
        assertThat(rule.path("additionalProperties").isBoolean())
                .as("%s is closed", place)
                .isTrue();
        assertThat(rule.path("additionalProperties").asBoolean()).isFalse();
        ObjectNode whole = (ObjectNode) valid(rule);
        List<Sample> samples = new ArrayList<>();
        samples.add(new Sample(place + " with all members", whole, true));
        samples.add(
                new Sample(place + " with an unknown member", whole.deepCopy().put("other", 1), false));
        Set<String> required =
                Set.copyOf(StreamSupport.stream(rule.path("required").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList());
        rule.path("properties").properties().forEach(member -> {
            String name = member.getKey();
            JsonNode without = whole.deepCopy().without(name);
            samples.add(new Sample("%s without %s".formatted(place, name), without, !required.contains(name)));
            samples(place + "/" + name, member.getValue())
                    .forEach(sample -> samples.add(
                            new Sample(sample.what(), whole.deepCopy().set(name, sample.value()), sample.accepted())));
        });
        return samples;
    }

    private static List<Sample> ofText(String place, JsonNode rule) {
        int least = rule.path("minLength").asInt(0);
        int most = rule.path("maxLength").asInt(1 << 16);
        List<Sample> samples = new ArrayList<>();
        for (int length : new int[] {0, least, most, most + 1}) {
            boolean accepted = length >= least && length <= most;
            // a character beyond the basic plane is one, though Java counts two
            for (String character : List.of("a", "\uD83D\uDE00")) {
                samples.add(new Sample(
                        "%s of %d characters".formatted(place, length),
                        JSON.textNode(character.repeat(length)),
                        accepted));
            }
        }
        return samples;
    }

    private static List<Sample> ofNumber(String place, JsonNode rule, boolean whole) {
        boolean exclusive = rule.has("exclusiveMinimum");
        BigDecimal least = rule.path(exclusive ? "exclusiveMinimum" : "minimum").decimalValue();
        boolean bounded = rule.has("maximum");
        BigDecimal most = bounded ? rule.path("maximum").decimalValue() : BigDecimal.valueOf(Long.MAX_VALUE);
        List<Sample> samples = new ArrayList<>();
        for (BigDecimal bound : List.of(least, most)) {
            for (BigDecimal step : List.of(BigDecimal.ONE, STEP)) {
                for (BigDecimal value : List.of(bound.subtract(step), bound, bound.add(step))) {
                    boolean above = exclusive ? value.compareTo(least) > 0 : value.compareTo(least) >= 0;
                    boolean below = !bounded || value.compareTo(most) <= 0;
                    boolean integral = value.stripTrailingZeros().scale() <= 0;
                    samples.add(new Sample(
                            "%s %s".formatted(place, value.toPlainString()),
                            JSON.numberNode(value),
                            above && below && (integral || !whole)));
                }
            }
        }
        samples.add(new Sample(place + " 1.0", JSON.numberNode(1.0), true));
        return samples;
    }

    /** A document that the rule accepts, with all members. */
    private JsonNode valid(JsonNode rule) {
        JsonNode resolved = resolved(rule);
        return switch (resolved.path("type").asText()) {
            case "object" -> {
                ObjectNode object = JSON.objectNode();
                resolved.path("properties")
                        .properties()
                        .forEach(member -> object.set(member.getKey(), valid(member.getValue())));
                yield object;
            }
            case "string" -> JSON.textNode("a");
            default -> JSON.numberNode(1);
        };
    }
}
