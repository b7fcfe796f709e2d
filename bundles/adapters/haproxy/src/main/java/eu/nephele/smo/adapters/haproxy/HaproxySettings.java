// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checked configuration of one balancer; a failure names the property.
 *
 * @param system name of the balancer
 * @param pidFile of the master process, where it has no socket
 * @param file that is written
 * @param otherFiles that HAProxy reads before it
 * @param tryPorts whether this server can find out that a port is taken
 */
record HaproxySettings(
        String system,
        SocketPlace runtime,
        Optional<SocketPlace> master,
        Optional<Path> pidFile,
        Path file,
        List<Path> otherFiles,
        Path binary,
        Listeners listeners,
        BalancerLimits limits,
        boolean tryPorts) {

    static final String PID = "eu.nephele.smo.adapters.haproxy";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9/_.@+-]+");
    private static final Pattern BIND = Pattern.compile("\\*|\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    HaproxySettings {
        otherFiles = List.copyOf(otherFiles);
    }

    /**
     * What HAProxy listens on.
     *
     * @param bind address of the services, {@code *} for all
     * @param certificate for HTTP, without one there is no TLS
     * @param statisticsPort 0 for none
     * @param socketGroup group of the system that may use the runtime socket, "" for none
     */
    record Listeners(
            String bind,
            Optional<Path> certificate,
            String statisticsBind,
            int statisticsPort,
            int maxConnections,
            int waitingRequests,
            String socketGroup) {}

    /**
     * How long things may take.
     *
     * @param answer of a socket
     * @param reload of HAProxy, and a check of its configuration
     * @param drain of a member at most
     * @param sample distance of two samples of the load
     */
    record BalancerLimits(Duration answer, Duration reload, Duration drain, Duration sample) {}

    /** @throws IllegalArgumentException naming the property */
    static HaproxySettings from(HaproxyConfig config) {
        Listeners listeners = new Listeners(
                matching("bindAddress", BIND, config.bindAddress()),
                optionalPath("certificate", config.certificate()),
                matching("statisticsAddress", BIND, config.statisticsAddress()),
                between("statisticsPort", 0, 65_535, config.statisticsPort()),
                between("maxConnections", 1, 10_000_000, config.maxConnections()),
                between("waitingRequests", 0, 1_000_000, config.waitingRequests()),
                config.socketGroup().isBlank() ? "" : matching("socketGroup", NAME, config.socketGroup()));
        BalancerLimits limits = new BalancerLimits(
                Duration.ofMillis(between("timeoutMillis", 1, 600_000, config.timeoutMillis())),
                Duration.ofSeconds(between("reloadSeconds", 1, 3600, config.reloadSeconds())),
                Duration.ofSeconds(between("longestDrainSeconds", 1, 604_800, config.longestDrainSeconds())),
                Duration.ofSeconds(between("sampleSeconds", 1, 3600, config.sampleSeconds())));
        return new HaproxySettings(
                matching("smo.system", NAME, config.smo_system()),
                place("runtimeSocket", config.runtimeSocket()),
                config.masterSocket().isBlank()
                        ? Optional.empty()
                        : Optional.of(place("masterSocket", config.masterSocket())),
                optionalPath("pidFile", config.pidFile()),
                path("configurationFile", config.configurationFile()),
                Arrays.stream(config.otherFiles())
                        .map(text -> path("otherFiles", text))
                        .toList(),
                path("binary", config.binary()),
                listeners,
                limits,
                config.tryPorts());
    }

    private static SocketPlace place(String key, String text) {
        try {
            return new SocketPlace(text.strip());
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("%s: %s: %s".formatted(PID, key, wrong.getMessage()), wrong);
        }
    }

    private static Optional<Path> optionalPath(String key, String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(path(key, text));
    }

    private static Path path(String key, String text) {
        return Path.of(matching(key, PLAIN_PATH, text));
    }

    private static String matching(String key, Pattern pattern, String text) {
        String stripped = text.strip();
        if (!pattern.matcher(stripped).matches()) {
            throw new IllegalArgumentException("%s: %s is %s, expected %s".formatted(PID, key, text, pattern));
        }
        return stripped;
    }

    private static int between(String key, int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s: %s is %d, expected %d to %d".formatted(PID, key, value, least, most));
        }
        return value;
    }
}
