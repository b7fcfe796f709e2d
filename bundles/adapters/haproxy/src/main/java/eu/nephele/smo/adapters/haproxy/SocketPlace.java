// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a socket of HAProxy is.
 *
 * @param text as in the configuration: an absolute path, or {@code HOST:PORT}
 */
record SocketPlace(String text) {

    /** The system allows 107; HAProxy makes a name of its own from it while it starts. */
    private static final int LONGEST_PATH = 90;

    private static final int LAST_PORT = 65_535;
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/_.@+-]+");
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");

    SocketPlace {
        if (PATH.matcher(text).matches()) {
            if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
                throw new IllegalArgumentException("the path %s is longer than %d bytes".formatted(text, LONGEST_PATH));
            }
        } else {
            Matcher matcher = ADDRESS.matcher(text);
            if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > LAST_PORT) {
                throw new IllegalArgumentException(
                        "%s is neither an absolute path of plain characters nor HOST:PORT".formatted(text));
            }
        }
    }

    private boolean isPath() {
        return text.startsWith("/");
    }

    /** An unconnected channel that never blocks. */
    SocketChannel open() throws IOException {
        SocketChannel channel = isPath() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        channel.configureBlocking(false);
        return channel;
    }

    SocketAddress address() {
        if (isPath()) {
            return UnixDomainSocketAddress.of(text);
        }
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /**
     * The words after {@code stats socket} and before its level.
     *
     * @param group of the system that may use the socket; "" for its owner alone
     */
    String inConfiguration(String group) {
        if (isPath()) {
            return text + (group.isEmpty() ? " mode 600" : " mode 660 group " + group);
        }
        return text.startsWith("[") ? "ipv6@" + text.replace("[", "").replace("]", "") : "ipv4@" + text;
    }
}
