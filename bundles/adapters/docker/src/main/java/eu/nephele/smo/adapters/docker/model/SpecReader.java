// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import eu.nephele.smo.adapters.docker.model.ContainerSpec.Balancing;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.Health;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.PublishedPort;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.RunTimes;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.UpdateLimits;
import eu.nephele.smo.adapters.docker.model.ContainerSpec.Variable;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNull;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the values of a container artifact. Unknown values are left to newer servers. Messages name the value and the
 * rule.
 */
public final class SpecReader {

    private static final int LAST_PORT = 65_535;
    private static final int LONGEST_SECONDS = 86_400;
    private static final int MOST_ANSWERS = 100;
    private static final int MOST_AT_ONCE = 100;

    private static final String UPDATE = "update";
    private static final String START = "startSeconds";

    /** Values that say how replicas are replaced, and nothing about how one runs. */
    static final Set<String> OF_ROLLOUTS = Set.of(UPDATE, START);

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final Pattern PORT =
            Pattern.compile("(?:(?<host>[0-9]{1,5}):)?(?<container>[0-9]{1,5})(?:/(?<protocol>tcp|udp))?");
    private static final Pattern VOLUME =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9_.-]*|/[^:\\x00]*):/[^:\\x00]+(?::(?:ro|rw))?");
    private static final Pattern RESTART = Pattern.compile("no|unless-stopped|on-failure(?::[0-9]{1,3})?");

    private SpecReader() {}

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public static ContainerSpec read(JsonObject values, boolean floatingTag) {
        Optional<Integer> port = integer(values, "port", "", 1, LAST_PORT);
        RunTimes times = new RunTimes(
                seconds(values, "drainSeconds", "", 0, 30),
                seconds(values, "stopSeconds", "", 0, 10),
                seconds(values, "replacementIntervalSeconds", "", 0, 30),
                seconds(values, START, "", 1, 300));
        String restart = text(values, "restart").orElse("unless-stopped");
        require(
                RESTART.matcher(restart).matches(),
                "restart",
                restart,
                "'no', 'on-failure', 'on-failure:N' or 'unless-stopped'; 'always' would start spares");
        String pull = text(values, "pull").orElse(floatingTag ? "always" : "missing");
        require(pull.equals("always") || pull.equals("missing"), "pull", pull, "'always' or 'missing'");
        List<PublishedPort> ports = ports(values, port);
        Optional<Health> health = section(values, "health").map(told -> health(told, port));
        health.filter(told -> ports.stream().noneMatch(other -> other.container() == told.port()))
                .ifPresent(told -> ports.add(new PublishedPort(told.port(), 0, "tcp")));
        return new ContainerSpec(
                ports,
                environment(values),
                volumes(values),
                command(values),
                health,
                section(values, "balancer").map(balancer -> balancing(balancer, port)),
                times,
                section(values, UPDATE).map(SpecReader::limits).orElse(UpdateLimits.USUAL),
                restart,
                pull.equals("always"));
    }

    private static List<PublishedPort> ports(JsonObject values, Optional<Integer> port) {
        List<PublishedPort> ports = new ArrayList<>();
        port.ifPresent(number -> ports.add(new PublishedPort(number, 0, "tcp")));
        for (JsonValue item : items(values, "ports")) {
            String told = item.asString().orElseGet(() -> item.asNumber()
                    .map(number -> number.toPlainString())
                    .orElse(""));
            Matcher form = PORT.matcher(told);
            require(
                    form.matches(),
                    "ports",
                    item.toJson(),
                    "CONTAINERPORT, HOSTPORT:CONTAINERPORT, and /udp behind it");
            int container = Integer.parseInt(form.group("container"));
            int host = form.group("host") == null ? 0 : Integer.parseInt(form.group("host"));
            require(
                    container >= 1 && container <= LAST_PORT && host <= LAST_PORT,
                    "ports",
                    told,
                    "ports from 1 to " + LAST_PORT);
            PublishedPort read = new PublishedPort(
                    container, host, Optional.ofNullable(form.group("protocol")).orElse("tcp"));
            ports.removeIf(
                    other -> other.container() == container && other.protocol().equals(read.protocol()));
            if (port.filter(number -> number == container).isPresent()) {
                ports.add(0, read);
            } else {
                ports.add(read);
            }
        }
        return ports;
    }

    private static Map<String, Variable> environment(JsonObject values) {
        Map<String, Variable> read = new LinkedHashMap<>();
        JsonValue told = present(values, "environment").orElse(JsonObject.EMPTY);
        told.asObject().ifPresent(map -> map.members().forEach((name, value) -> read.put(name, variable(name, value))));
        told.asArray()
                .ifPresent(list -> list.forEach(item -> {
                    String line = item.asString().orElse("");
                    int equals = line.indexOf('=');
                    require(equals > 0, "environment", name(line), "lines NAME=VALUE");
                    read.put(line.substring(0, equals), new Variable(line.substring(equals + 1), false));
                }));
        require(
                told.asObject().isPresent() || told.asArray().isPresent(),
                "environment",
                "a " + told.getClass().getSimpleName(),
                "an object or a list of NAME=VALUE");
        read.keySet()
                .forEach(
                        name -> require(VARIABLE.matcher(name).matches(), "environment", name, "names like LOG_LEVEL"));
        return read;
    }

    private static Variable variable(String name, JsonValue value) {
        Optional<String> secret =
                value.asObject().flatMap(object -> object.get("secret")).flatMap(JsonValue::asString);
        if (secret.isPresent()) {
            return new Variable(secret.get(), true);
        }
        require(
                value.asObject().isEmpty() && value.asArray().isEmpty(),
                "environment." + name,
                "a structure",
                "a text, a number, true, false, or {secret: REFERENCE}");
        return new Variable(value.asString().orElseGet(() -> value instanceof JsonNull ? "" : value.toJson()), false);
    }

    /** What is behind the name may be a secret, so no message shows it. */
    private static String name(String line) {
        return line.isEmpty() ? "an item" : "an item without '='";
    }

    private static List<String> volumes(JsonObject values) {
        List<String> volumes = new ArrayList<>();
        for (JsonValue item : items(values, "volumes")) {
            String volume = item.asString().orElse("");
            require(
                    VOLUME.matcher(volume).matches() && !volume.contains("/../") && !volume.contains("/..:"),
                    "volumes",
                    item.toJson(),
                    "NAME:/PATH or /HOSTPATH:/PATH, and :ro behind it");
            volumes.add(volume);
        }
        return volumes;
    }

    private static List<String> command(JsonObject values) {
        List<String> words = new ArrayList<>();
        for (JsonValue item : items(values, "command")) {
            words.add(item.asString().orElseThrow(() -> wrong("command", item.toJson(), "a list of texts")));
        }
        return words;
    }

    private static Health health(JsonObject health, Optional<Integer> servicePort) {
        String path = text(health, "path").orElse("/");
        require(path.startsWith("/"), "health.path", path, "a leading slash");
        int port = integer(health, "port", "health.", 1, LAST_PORT)
                .or(() -> servicePort)
                .orElseThrow(() -> wrong("health.port", "none", "a port, here or as 'port'"));
        return new Health(
                path,
                port,
                seconds(health, "intervalSeconds", "health.", 1, 10),
                seconds(health, "timeoutSeconds", "health.", 1, 5),
                integer(health, "rise", "health.", 1, MOST_ANSWERS).orElse(2),
                integer(health, "fall", "health.", 1, MOST_ANSWERS).orElse(3),
                seconds(health, "graceSeconds", "health.", 0, 30));
    }

    private static Balancing balancing(JsonObject balancer, Optional<Integer> servicePort) {
        require(servicePort.isPresent(), "port", "none", "the port to which the balancer sends");
        int port = integer(balancer, "port", "balancer.", 1, LAST_PORT)
                .orElseThrow(() -> wrong("balancer.port", "none", "the port on which the balancer listens"));
        return new Balancing(port, seconds(balancer, "queueSeconds", "balancer.", 0, 0));
    }

    private static UpdateLimits limits(JsonObject update) {
        return new UpdateLimits(
                integer(update, "batchSize", "update.", 1, MOST_AT_ONCE).orElse(UpdateLimits.USUAL.batchSize()),
                integer(update, "maxUnavailable", "update.", 0, MOST_AT_ONCE)
                        .orElse(UpdateLimits.USUAL.maxUnavailable()));
    }

    private static Optional<JsonObject> section(JsonObject values, String name) {
        Optional<JsonValue> value = present(values, name);
        value.ifPresent(told -> require(told.asObject().isPresent(), name, told.toJson(), "an object"));
        return value.flatMap(JsonValue::asObject);
    }

    private static List<JsonValue> items(JsonObject values, String name) {
        Optional<JsonValue> value = present(values, name);
        value.ifPresent(told -> require(told.asArray().isPresent(), name, told.toJson(), "a list"));
        return value.flatMap(JsonValue::asArray).orElse(List.of());
    }

    private static Optional<String> text(JsonObject values, String name) {
        Optional<JsonValue> value = present(values, name);
        value.ifPresent(told -> require(told.asString().isPresent(), name, told.toJson(), "a text"));
        return value.flatMap(JsonValue::asString);
    }

    private static Duration seconds(JsonObject values, String name, String before, int least, int usual) {
        return Duration.ofSeconds(
                integer(values, name, before, least, LONGEST_SECONDS).orElse(usual));
    }

    private static Optional<Integer> integer(JsonObject values, String name, String before, int least, int most) {
        return present(values, name).map(value -> {
            int read = value.asNumber()
                    .filter(number -> number.stripTrailingZeros().scale() <= 0)
                    .filter(number -> number.abs().longValue() <= Integer.MAX_VALUE)
                    .map(number -> number.intValue())
                    .orElse(least - 1);
            require(
                    read >= least && read <= most,
                    before + name,
                    value.toJson(),
                    "a whole number from %d to %d".formatted(least, most));
            return read;
        });
    }

    private static Optional<JsonValue> present(JsonObject values, String name) {
        return values.get(name).filter(value -> !(value instanceof JsonNull));
    }

    private static void require(boolean holds, String name, String found, String rule) {
        if (!holds) {
            throw wrong(name, found, rule);
        }
    }

    private static IllegalArgumentException wrong(String name, String found, String rule) {
        return new IllegalArgumentException("%s is %s, expected %s".formatted(name, found, rule));
    }
}
