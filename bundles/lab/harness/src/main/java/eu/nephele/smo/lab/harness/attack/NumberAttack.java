// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import eu.nephele.smo.lab.harness.attack.Shot.Demand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Descriptors with numbers and texts that are too large, too long, of another type or invalid. */
final class NumberAttack implements Attack {

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "1e999999999",
            "1e308",
            "-1e-400",
            "9".repeat(101),
            "9".repeat(20_000),
            "0." + "0".repeat(5000) + "1",
            "NaN",
            "Infinity",
            "-0",
            "1e",
            "0x10",
            "01",
            "2147483648",
            "-9223372036854775809",
            "1.5",
            "null",
            "\"3\"",
            "[]",
            "{}",
            "true",
            "1_000",
            ".5",
            "\u0661");
    private static final List<String> TEXTS = List.of(
            "\"\"",
            "\"" + "x".repeat(300) + "\"",
            "\"" + "x".repeat(300_000) + "\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"../../etc\"",
            "\"a b\"",
            "\"${jndi:ldap://127.0.0.1/x}\"",
            "\"{{7*7}}\"",
            "\"'; drop table graph; --\"",
            "\"\u00ff\"",
            "\"\\x\"",
            "\"a\nb\"",
            "null",
            "5",
            "[\"a\"]",
            "{\"a\":{}}",
            "\"UPPER\"",
            "\"-a\"",
            "\"%s%n\"",
            "\"a\\r\\nb: c\"");
    /** Places in the descriptor; the value is for @. */
    private static final List<String> PLACES = List.of(
            "minReplicas",
            "maxReplicas",
            "alpha",
            "imVersion",
            "version",
            "description",
            "cpu",
            "ociImage",
            "service",
            "value");

    @Override
    public String name() {
        return "number";
    }

    @Override
    public Shot next(Random random, AttackTarget target) {
        String graph = target.graph();
        String place = RandomPick.one(random, PLACES);
        String value = RandomPick.one(random, random.nextBoolean() ? NUMBERS : TEXTS);
        String text = descriptor(graph, place, value);
        if (random.nextInt(10) == 0) {
            // the same member twice: two readers, two values
            text = text.replace("{\"hdaGraph\":{", "{\"hdaGraph\":{\"id\":\"other\",");
        }
        boolean put = random.nextInt(3) == 0;
        String method = put ? "PUT" : "POST";
        String path = put ? AttackTarget.GRAPHS + "/" + graph : AttackTarget.GRAPHS;
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String mediaType = random.nextInt(5) == 0 ? "application/yaml" : "application/json";
        return Shot.create(
                        "%s graph with %s = %s as %s".formatted(method, place, shortened(value), mediaType),
                        method,
                        Demand.ANSWER,
                        target.request(method, path).bytes(mediaType, body))
                .making(AttackTarget.GRAPHS + "/" + graph);
    }

    private static String shortened(String value) {
        return value.length() > 60 ? value.substring(0, 60) + "..." : value;
    }

    static String descriptor(String graph, String place, String value) {
        return """
                {"hdaGraph":{"id":"%s","imVersion":%s,"version":%s,"description":%s,"services":[{"id":%s,
                "deployment":{"trigger":{"auto":{}},"intent":{"compute":{"cpu":%s,"ram":"light"}}},
                "artifact":{"ociImage":%s,"ociConfig":{"type":"App","implementer":"HELM"},"valuesOverwrite":{"value":%s}},
                "scaling":{"minReplicas":%s,"maxReplicas":%s,"profile":{"alpha":%s,"beta":1}}}]}}
                """.formatted(
                        graph,
                        at(place, "imVersion", value, "\"0.4.0\""),
                        at(place, "version", value, "\"1.0.0\""),
                        at(place, "description", value, "\"x\""),
                        at(place, "service", value, "\"" + graph + "-s\""),
                        at(place, "cpu", value, "\"light\""),
                        at(place, "ociImage", value, "\"oci://registry.example/attack/chart:1.0.0\""),
                        at(place, "value", value, "1"),
                        at(place, "minReplicas", value, "1"),
                        at(place, "maxReplicas", value, "2"),
                        at(place, "alpha", value, "1"));
    }

    private static String at(String place, String here, String value, String otherwise) {
        return place.equals(here) ? value : otherwise;
    }
}
