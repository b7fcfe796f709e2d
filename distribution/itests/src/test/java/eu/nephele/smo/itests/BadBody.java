// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A body that must be refused.
 *
 * @param name what is wrong with it
 * @param mediaType as what it is sent
 * @param bytes gives the body
 * @param status expected
 * @param pointers expected, sorted; empty when the body as a whole is at fault
 */
record BadBody(String name, String mediaType, Supplier<byte[]> bytes, int status, List<String> pointers) {

    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String GRAPH = "/hdaGraph";
    private static final String SERVICE = GRAPH + "/services/0";
    private static final String INTENT = SERVICE + "/deployment/intent";
    private static final String SECOND = GRAPH + "/services/1";
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    static Stream<BadBody> all() {
        return Stream.concat(published(), own());
    }

    /** The samples of {@code ../shared/data/hdag}, with what their table says of each. */
    private static Stream<BadBody> published() {
        String event = "/deployment/trigger/event";
        return Stream.of(
                        file("fixture-storage-light-invalid.json", INTENT + "/compute/storage"),
                        file("invalid/01-malformed.yaml"),
                        file("invalid/02-missing-required.yaml", SERVICE, SERVICE, INTENT + "/compute"),
                        file("invalid/03-unknown-field.yaml", GRAPH, INTENT + "/compute"),
                        file(
                                "invalid/04-negative-cpu.yaml",
                                GRAPH + "/hdaGraphIntent/highAvailability/maxReplicasOverall",
                                GRAPH + "/hdaGraphIntent/highAvailability/minReplicasOverall",
                                INTENT + "/compute/cpu"),
                        file(
                                "invalid/05-unknown-class.yaml",
                                SERVICE + "/artifact/ociConfig/type",
                                INTENT + "/compute/cpu",
                                INTENT + "/compute/ram",
                                INTENT + "/compute/storage",
                                INTENT + "/network/latencies/0/qos"),
                        file(
                                "invalid/06-wrong-types.json",
                                GRAPH + "/hdaGraphIntent/useStaticPlacement",
                                GRAPH + "/id",
                                GRAPH + "/imVersion",
                                GRAPH + "/services",
                                GRAPH + "/version"),
                        file("invalid/07-cyclic-dependencies.yaml", SERVICE + "/deployment/trigger/auto/dependencies"),
                        file("invalid/08-duplicate-service-id.json", SECOND + "/id"),
                        file(
                                "invalid/09-dangling-references.yaml",
                                INTENT + "/connectionPoints/1",
                                INTENT + "/connectionPoints/2",
                                INTENT + "/network/latencies/0/connectionPoint",
                                SERVICE + "/deployment/trigger/auto/dependencies/0"),
                        file(
                                "invalid/10-bad-events.yaml",
                                SERVICE + event + "/condition",
                                SERVICE + event + "/events/0/condition",
                                SERVICE + event + "/events/1/condition/gracePeriod",
                                SECOND + event + "/events"),
                        file(
                                "invalid/11-hostile-names.yaml",
                                GRAPH + "/id",
                                SERVICE + "/artifact/ociImage",
                                SERVICE + "/id",
                                SECOND + "/artifact/ociImage",
                                SECOND + "/id"),
                        file("invalid/12-huge-aliases.yaml"))
                .flatMap(Optional::stream);
    }

    /** Cases that need no file, and one of each kind of the samples for where these are missing. */
    private static Stream<BadBody> own() {
        return Stream.of(
                json("no body", "", ""),
                json("null", "null", ""),
                json("an array", "[]", ""),
                json("a text", "\"text\"", ""),
                json("neither graph nor artifact", "{}", ""),
                json("graph and artifact", "{\"artifact\":\"oci://h/a\",\"hdaGraph\":{}}", ""),
                json("an artifact that is a number", "{\"artifact\":5}", "/artifact"),
                json("half of an object", "{\"hdaGraph\":", ""),
                json("the same member twice", "{\"hdaGraph\":{\"id\":\"a\",\"id\":\"b\"}}", ""),
                json("a text that holds YAML", "\"hdaGraph: {}\"", ""),
                json("an unknown class", graph("\"cpu\":\"huge\"", "{}"), INTENT + "/compute/cpu"),
                json("a negative number", graph("\"cpu\":-1", "{}"), INTENT + "/compute/cpu"),
                json("an unknown member", graph("\"cpus\":\"small\",\"cpu\":\"light\"", "{}"), INTENT + "/compute"),
                json("a missing member", graph("\"ram\":\"small\"", "{}"), INTENT + "/compute"),
                json("deep nesting", graph("\"cpu\":\"light\"", nested(1_000)), ""),
                yaml("two documents", "hdaGraph: {}\n---\nhdaGraph: {}\n"),
                yaml("aliases", "a: &a [1]\nhdaGraph: {id: *a}\n"),
                yaml("a tag", "hdaGraph: !!java.net.URL [\"http://h\"]\n"),
                yaml("a broken indent", "hdaGraph:\n  id: a\n services: []\n"),
                new BadBody("no UTF-8", JSON, BadBody::notUtf8, BAD_REQUEST, List.of()),
                new BadBody("5 MB", JSON, () -> utf8(described("x".repeat(5_300_000))), TOO_LARGE, List.of()),
                new BadBody("10,001 services", JSON, () -> utf8(services(10_001)), TOO_LARGE, List.of()));
    }

    private static Optional<BadBody> file(String name, String... pointers) {
        return Shared.sample(name)
                .map(path -> new BadBody(
                        name,
                        name.endsWith("json") ? JSON : YAML,
                        () -> content(path),
                        BAD_REQUEST,
                        List.of(pointers)));
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static BadBody json(String name, String body, String pointer) {
        return new BadBody(name, JSON, () -> utf8(body), BAD_REQUEST, pointer.isEmpty() ? List.of() : List.of(pointer));
    }

    private static BadBody yaml(String name, String body) {
        return new BadBody(name, YAML, () -> utf8(body), BAD_REQUEST, List.of());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] notUtf8() {
        byte[] body = utf8(described("?"));
        body[new String(body, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xff;
        return body;
    }

    private static String graph(String compute, String values) {
        return "{\"hdaGraph\":{\"id\":\"bad\",\"services\":[%s]}}".formatted(service("a", compute, values));
    }

    private static String described(String description) {
        return "{\"hdaGraph\":{\"id\":\"bad\",\"description\":\"%s\",\"services\":[%s]}}"
                .formatted(description, service("a", "\"cpu\":\"light\"", "{}"));
    }

    private static String services(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> service("s" + i, "\"cpu\":\"light\"", "{}"))
                .collect(Collectors.joining(",", "{\"hdaGraph\":{\"id\":\"bad\",\"services\":[", "]}}"));
    }

    private static String service(String id, String compute, String values) {
        return """
                {"id":"%s","deployment":{"trigger":{},"intent":{"compute":{%s}}},\
                "artifact":{"ociImage":"oci://h.example/a","ociConfig":{"type":"App","implementer":"HELM"},\
                "valuesOverwrite":%s}}""".formatted(id, compute, values);
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    @Override
    public String toString() {
        return name;
    }
}
