// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.adapters.haproxy.HaproxySettings.Listeners;
import eu.nephele.smo.api.port.Backend.HealthCheck;
import eu.nephele.smo.api.port.Backend.Protocol;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration file of a balancer. Its first line has the digest of all others, so that a file that somebody else wrote is
 * recognised; comments carry what HAProxy has no words for, so that the file is the only record.
 */
final class ConfigurationText {

    private static final String DIGEST = "# smo:digest ";

    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);
    private static final int GENERATION_CHARACTERS = 16;
    private static final long CLIENT_MILLIS = 50_000;

    private final HaproxySettings settings;
    private final WaitScript script;

    /** Those of the last text: the next one differs by one service in most cases. */
    private volatile Map<BalancedService, String> lastServices = Map.of();

    ConfigurationText(HaproxySettings settings, WaitScript script) {
        this.settings = settings;
        this.script = script;
    }

    /** The whole file. */
    String render(BalancerState state) {
        StringBuilder lines = new StringBuilder();
        lines.append("# Written by the SMO; changes by hand are undone.\n");
        lines.append(ConfigurationRecords.owner(state.owner()));
        lines.append(global())
                .append("  setenv SMO_GENERATION ")
                .append(generation(state))
                .append('\n');
        lines.append("  lua-load ").append(script.path()).append('\n');
        lines.append(defaults());
        Map<BalancedService, String> fresh = new HashMap<>();
        for (BalancedService service : state.services()) {
            String its = Optional.ofNullable(lastServices.get(service)).orElseGet(() -> render(service));
            fresh.put(service, its);
            lines.append(its);
        }
        lastServices = Map.copyOf(fresh);
        return DIGEST + digest(lines.toString()) + "\n" + lines;
    }

    private String render(BalancedService service) {
        StringBuilder lines = new StringBuilder("\n").append(ConfigurationRecords.service(service));
        lines.append(listener(service));
        service.members().forEach(member -> lines.append(server(service, member)));
        return lines.append(relay(service)).toString();
    }

    /** Of a text that nobody has changed since it was rendered. */
    static boolean isIntact(String text) {
        int end = text.indexOf('\n');
        return end > 0 && text.substring(0, end).equals(DIGEST + digest(text.substring(end + 1)));
    }

    /** The same for two states between which HAProxy is changed without a reload. */
    String generation(BalancerState state) {
        StringBuilder lines = new StringBuilder(script.text()).append(global()).append(defaults());
        state.services().forEach(service -> lines.append(listener(service)).append(relay(service)));
        return digest(lines.toString()).substring(0, GENERATION_CHARACTERS);
    }

    private String global() {
        Listeners listeners = settings.listeners();
        return """
                global
                  stats socket %s level admin expose-fd listeners
                  stats timeout 30s
                  maxconn %d
                  hard-stop-after %ds
                  setenv SMO_WAITING %d
                """.formatted(
                        settings.runtime().inConfiguration(listeners.socketGroup()),
                        listeners.maxConnections(),
                        settings.limits().drain().toSeconds(),
                        listeners.waitingRequests());
    }

    private String defaults() {
        Listeners listeners = settings.listeners();
        String statistics = """

                listen smo:statistics
                  mode http
                  bind %s
                  http-request use-service prometheus-exporter if { path /metrics }
                  stats enable
                  stats uri /
                """.formatted(bind(listeners.statisticsBind(), listeners.statisticsPort()));
        return """
                defaults
                  timeout connect 5s
                  timeout client %dms
                  timeout server 50s
                  timeout queue 50s
                  timeout tunnel 1h
                  retries 3
                  option redispatch 1
                %s""".formatted(CLIENT_MILLIS, listeners.statisticsPort() == 0 ? "" : statistics);
    }

    private String listener(BalancedService service) {
        ServiceShape shape = service.shape();
        boolean http = shape.protocol() == Protocol.HTTP;
        StringBuilder lines =
                new StringBuilder("listen ").append(service.proxy()).append('\n');
        line(lines, "mode " + (http ? "http" : "tcp"));
        line(lines, "bind " + bind(settings.listeners().bind(), shape.port()) + (http ? encryption() : ""));
        line(lines, "balance roundrobin");
        if (http) {
            line(lines, "option abortonclose");
            // GET and HEAD: what else a member may have done before it was gone is done once at most
            line(lines, "retry-on conn-failure empty-response");
            line(lines, "http-request disable-l7-retry unless METH_GET");
        }
        shape.check().ifPresent(check -> check(lines, check));
        waiting(lines, service, http);
        return lines.toString();
    }

    private String encryption() {
        return settings.listeners()
                .certificate()
                .map(Path::toString)
                .map(path -> " ssl crt " + path + " alpn h2,http/1.1")
                .orElse("");
    }

    private static void waiting(StringBuilder lines, BalancedService service, boolean http) {
        long millis = millis(service.shape().queue());
        if (service.shape().queue().isZero()) {
            return;
        }
        line(lines, "timeout client %dms".formatted(patience(service.shape())));
        String wait = "lua.smo_wait %1$s %2$d if { nbsrv(%1$s) eq 0 }".formatted(service.proxy(), millis);
        if (http) {
            line(lines, "http-request " + wait);
        } else {
            line(lines, "tcp-request inspect-delay %dms".formatted(millis));
            line(lines, "tcp-request content " + wait);
        }
        line(lines, "use_backend %s if { var(txn.smo_relay) -m bool }".formatted(relayName(service)));
    }

    /** Nobody tells a process of before a reload of members: what waits there goes to the one that listens now. */
    private String relay(BalancedService service) {
        ServiceShape shape = service.shape();
        if (shape.queue().isZero()) {
            return "";
        }
        boolean http = shape.protocol() == Protocol.HTTP;
        String bind = settings.listeners().bind();
        String encrypted = http && settings.listeners().certificate().isPresent() ? " ssl verify none" : "";
        StringBuilder lines =
                new StringBuilder("backend ").append(relayName(service)).append('\n');
        line(lines, "mode " + (http ? "http" : "tcp"));
        line(lines, "timeout server %dms".formatted(patience(shape)));
        line(lines, "server self " + bind(bind.equals("*") ? "127.0.0.1" : bind, shape.port()) + encrypted);
        return lines.toString();
    }

    /** In four words: no service has such a name. */
    private static String relayName(BalancedService service) {
        return "relay:" + service.proxy();
    }

    /** A client that waits is silent. */
    private static long patience(ServiceShape shape) {
        return Math.min(LONGEST.toMillis(), millis(shape.queue()) + CLIENT_MILLIS);
    }

    private static void check(StringBuilder lines, HealthCheck check) {
        line(lines, "timeout check %dms".formatted(millis(check.timeout())));
        String kind = check.path().isEmpty() ? "tcp-check" : "http-check";
        if (!check.path().isEmpty()) {
            line(lines, "option httpchk");
        } else if (check.port().isPresent()) {
            line(lines, "option tcp-check");
        }
        check.port().ifPresent(port -> line(lines, "%s connect port %d".formatted(kind, port)));
        if (!check.path().isEmpty()) {
            line(lines, "http-check send meth GET uri " + check.path() + " hdr Host localhost");
            line(lines, "http-check expect status 200-399");
        }
    }

    private static String server(BalancedService service, PlacedMember member) {
        return "  server %s %s %s".formatted(member.id(), member.target(), options(service.shape(), member.weight()))
                + "\n";
    }

    /** What follows the address of a server, in the file and when it is added to a running HAProxy. */
    static String options(ServiceShape shape, int weight) {
        return "weight %d pool-purge-delay 1s%s"
                .formatted(
                        weight,
                        shape.check()
                                .map(check -> " check inter %dms rise %d fall %d"
                                        .formatted(millis(check.interval()), check.rise(), check.fall()))
                                .orElse(""));
    }

    private static String bind(String address, int port) {
        if (address.indexOf(':') >= 0) {
            return "ipv6@%s:%d".formatted(address, port);
        }
        return "%s:%d".formatted(address, port);
    }

    /** HAProxy counts in milliseconds, up to 24 days. */
    private static long millis(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? Math.max(1, duration.toMillis()) : LONGEST.toMillis();
    }

    private static void line(StringBuilder lines, String line) {
        lines.append("  ").append(line).append('\n');
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
