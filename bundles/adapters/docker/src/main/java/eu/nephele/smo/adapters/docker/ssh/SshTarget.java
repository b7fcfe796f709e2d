// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.ssh;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket on another machine, and how it is reached.
 *
 * @param host name or address of the machine
 * @param port of its SSH server, 1 to 65535
 * @param user who may use the socket there
 * @param privateKey file with the user's key (OpenSSH or PEM, RSA or Ed25519, without a passphrase)
 * @param knownHosts file with the keys of machines in OpenSSH's format; a machine that is not in it, or has another key, is not spoken to
 * @param socket absolute path of the socket there
 */
public record SshTarget(String host, int port, String user, Path privateKey, Path knownHosts, String socket) {

    private static final int LAST_PORT = 65_535;

    public SshTarget {
        if (host.isBlank() || user.isBlank()) {
            throw new IllegalArgumentException("a host and a user are needed to reach a machine by SSH");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("port=%d, expected 1 to %d".formatted(port, LAST_PORT));
        }
        if (!socket.startsWith("/")) {
            throw new IllegalArgumentException("socket=%s, expected an absolute path".formatted(socket));
        }
    }

    private static final Pattern WRITTEN =
            Pattern.compile("ssh://([^@/]+)@(\\[[0-9A-Fa-f:]+\\]|[^:@/\\[\\]]+)(?::(\\d{1,5}))?(/.+)?");

    private static final String USUAL_SOCKET = "/var/run/docker.sock";
    private static final String USUAL_PORT = "22";

    /**
     * Reads {@code ssh://USER@HOST:PORT/PATH/OF.sock}; port 22 and Docker's own socket unless it says otherwise.
     *
     * @throws IllegalArgumentException when it is no such address
     */
    public static SshTarget parse(String written, Path privateKey, Path knownHosts) {
        Matcher parts = WRITTEN.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "endpoint is %s, expected ssh://USER@HOST:PORT, with the path of the socket behind it where it is not %s"
                            .formatted(written, USUAL_SOCKET));
        }
        String host = parts.group(2);
        return new SshTarget(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(Optional.ofNullable(parts.group(3)).orElse(USUAL_PORT)),
                parts.group(1),
                privateKey,
                knownHosts,
                Optional.ofNullable(parts.group(4)).orElse(USUAL_SOCKET));
    }

    /** {@code user@host:port}, for people. */
    String address() {
        return (host.contains(":") ? "%s@[%s]:%d" : "%s@%s:%d").formatted(user, host, port);
    }
}
