// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A further port of the server, at which one of its paths is the root: for clients that know an interface of its own port. Everything
 * that stands in front of the server stands in front of it.
 */
final class PathConnector extends ServerConnector {

    private final String path;

    PathConnector(Server server, PathPort port) {
        super(server);
        this.path = port.path();
        setPort(port.number());
    }

    /** The path of the server that is the root here: with a leading slash, without one at the end. */
    String path() {
        return path;
    }

    /**
     * @param number of the port, 1 to 65535
     * @param path with a leading slash, without one at the end
     */
    record PathPort(int number, String path) {

        private static final Pattern WRITTEN = Pattern.compile("(\\d{1,5})=((?:/[A-Za-z0-9_-]+)+)");
        private static final int LAST_PORT = 65_535;

        /**
         * Reads {@code 8000=/containers}.
         *
         * @throws IllegalArgumentException when it is no port with a path
         */
        static PathPort parse(String written) {
            Matcher parts = WRITTEN.matcher(written.strip());
            int number = parts.matches() ? Integer.parseInt(parts.group(1)) : 0;
            if (number < 1 || number > LAST_PORT) {
                throw new IllegalArgumentException(
                        "pathPorts has '%s', expected a port, '=' and a path: 8000=/containers".formatted(written));
            }
            return new PathPort(number, parts.group(2));
        }

        static List<PathPort> parseAll(String... written) {
            return Arrays.stream(written)
                    .filter(each -> !each.isBlank())
                    .map(PathPort::parse)
                    .toList();
        }
    }
}
