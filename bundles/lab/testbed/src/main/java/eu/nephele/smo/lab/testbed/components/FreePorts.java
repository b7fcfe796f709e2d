// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Free ports of the loopback address. They stay bound, without listening, until this program ends: the system gives
 * them to no one else, and a program that sets SO_REUSEADDR, as those of the test bed do, can listen on them, also
 * after it was killed.
 */
public final class FreePorts {

    /** Sockets that hold the ports; an unreachable one would be closed. */
    private static final Queue<SocketChannel> HELD = new ConcurrentLinkedQueue<>();

    private FreePorts() {}

    public static List<Integer> free(int count) throws IOException {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel held = SocketChannel.open()
                    .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            HELD.add(held);
            ports.add(((InetSocketAddress) held.getLocalAddress()).getPort());
        }
        return List.copyOf(ports);
    }
}
