// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.Backend.HealthCheck;
import eu.nephele.smo.api.port.Backend.Protocol;
import eu.nephele.smo.api.port.WorkloadRef;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The state of a balancer in comments of its file: one line for each thing, values as in an address of the web. */
final class ConfigurationRecords {

    private static final String OWNER = "# smo:owner ";
    private static final String SERVICE = "# smo:service ";
    private static final String MEMBER = "# smo:member ";
    private static final String LEAVING = "# smo:leaving ";

    private ConfigurationRecords() {}

    static String owner(String owner) {
        return OWNER + encoded(owner) + "\n";
    }

    static String service(BalancedService service) {
        StringBuilder lines = new StringBuilder(line(SERVICE, values(service)));
        for (PlacedMember member : service.members()) {
            lines.append(line(
                    MEMBER,
                    Map.of(
                            "id",
                            member.id(),
                            "address",
                            member.address(),
                            "port",
                            Integer.toString(member.port()),
                            "weight",
                            Integer.toString(member.weight()))));
        }
        for (LeavingMember member : service.leaving()) {
            lines.append(line(
                    LEAVING,
                    Map.of(
                            "id",
                            member.id(),
                            "until",
                            Long.toString(member.until().toEpochMilli()))));
        }
        return lines.toString();
    }

    private static Map<String, String> values(BalancedService service) {
        ServiceShape shape = service.shape();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("project", service.workload().graph().project());
        values.put("graph", service.workload().graph().name());
        values.put("service", service.workload().service());
        values.put("port", Integer.toString(shape.port()));
        values.put("protocol", shape.protocol().name());
        values.put("queue", shape.queue().toString());
        values.put("drain", service.drain().toString());
        shape.check().ifPresent(check -> {
            values.put("path", check.path());
            check.port().ifPresent(port -> values.put("checkPort", Integer.toString(port)));
            values.put("interval", check.interval().toString());
            values.put("timeout", check.timeout().toString());
            values.put("rise", Integer.toString(check.rise()));
            values.put("fall", Integer.toString(check.fall()));
        });
        return values;
    }

    /**
     * The state that a file of this adapter carries.
     *
     * @throws RuntimeException of any kind when the text is none, although its digest is right
     */
    static BalancerState read(String text) {
        String owner = "";
        List<BalancedService> services = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith(OWNER)) {
                owner = decoded(line.substring(OWNER.length()));
            } else if (line.startsWith(SERVICE)) {
                services.add(service(values(line.substring(SERVICE.length()))));
            } else if (line.startsWith(MEMBER)) {
                Map<String, String> values = values(line.substring(MEMBER.length()));
                changeLast(services, last -> withMember(last, member(values)));
            } else if (line.startsWith(LEAVING)) {
                Map<String, String> values = values(line.substring(LEAVING.length()));
                changeLast(services, last -> last.withLeaving(plus(last.leaving(), leaving(values))));
            }
        }
        return new BalancerState(owner, services);
    }

    private static BalancedService service(Map<String, String> values) {
        Optional<HealthCheck> check = Optional.ofNullable(values.get("path"))
                .map(path -> new HealthCheck(
                        path,
                        Optional.ofNullable(values.get("checkPort")).map(Integer::valueOf),
                        Duration.parse(needed(values, "interval")),
                        Duration.parse(needed(values, "timeout")),
                        Integer.parseInt(needed(values, "rise")),
                        Integer.parseInt(needed(values, "fall"))));
        ServiceShape shape = new ServiceShape(
                Integer.parseInt(needed(values, "port")),
                Protocol.valueOf(needed(values, "protocol")),
                check,
                Duration.parse(needed(values, "queue")));
        WorkloadRef workload = new WorkloadRef(
                new GraphId(needed(values, "project"), needed(values, "graph")), needed(values, "service"));
        return new BalancedService(workload, shape, Duration.parse(needed(values, "drain")), List.of(), List.of());
    }

    private static PlacedMember member(Map<String, String> values) {
        return new PlacedMember(
                needed(values, "id"),
                needed(values, "address"),
                Integer.parseInt(needed(values, "port")),
                Integer.parseInt(needed(values, "weight")));
    }

    private static LeavingMember leaving(Map<String, String> values) {
        return new LeavingMember(needed(values, "id"), Instant.ofEpochMilli(Long.parseLong(needed(values, "until"))));
    }

    private static BalancedService withMember(BalancedService service, PlacedMember member) {
        return new BalancedService(
                service.workload(),
                service.shape(),
                service.drain(),
                plus(service.members(), member),
                service.leaving());
    }

    private static <T> List<T> plus(List<T> some, T another) {
        List<T> all = new ArrayList<>(some);
        all.add(another);
        return all;
    }

    private static void changeLast(List<BalancedService> services, Function<BalancedService, BalancedService> change) {
        int last = services.size() - 1;
        if (last < 0) {
            throw new IllegalArgumentException("a member before the first service");
        }
        services.set(last, change.apply(services.get(last)));
    }

    private static String needed(Map<String, String> values, String key) {
        return Optional.ofNullable(values.get(key))
                .orElseThrow(() -> new IllegalArgumentException("a record without " + key));
    }

    private static String line(String kind, Map<String, String> values) {
        return values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&", kind, "\n"));
    }

    private static Map<String, String> values(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : line.strip().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
