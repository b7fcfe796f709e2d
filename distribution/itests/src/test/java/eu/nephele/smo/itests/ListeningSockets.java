// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Ports at which a process listens, as the system tells them. */
final class ListeningSockets {

    private static final String LISTEN = "0A";
    private static final int LOCAL = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningSockets() {}

    static Set<Integer> ports(long process) throws IOException {
        Path folder = Path.of("/proc", Long.toString(process));
        Set<String> own = sockets(folder.resolve("fd"));
        Set<Integer> ports = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path file = folder.resolve("net").resolve(table);
            if (!Files.exists(file)) {
                continue;
            }
            for (String line : Files.readAllLines(file)) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > INODE && fields[STATE].equals(LISTEN) && own.contains(fields[INODE])) {
                    ports.add(Integer.parseInt(fields[LOCAL].substring(fields[LOCAL].indexOf(':') + 1), 16));
                }
            }
        }
        return ports;
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> links = Files.list(descriptors)) {
            for (Path link : links.toList()) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                } catch (IOException closedMeanwhile) {
                    // it does not listen any more
                }
            }
        }
        return inodes;
    }
}
