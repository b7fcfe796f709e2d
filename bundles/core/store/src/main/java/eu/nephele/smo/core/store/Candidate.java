// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A server that may become the owner of a database.
 *
 * @param id unique among all servers and starts; sessions of its transactions have it as their name
 * @param server the same at each start with one data directory on one host: the launcher lets one process at a time have it, so that
 *     a former one with this name has ended
 * @param host where it runs
 * @param process its id there
 * @param address where clients reach it; empty when it does not say
 */
record Candidate(String id, String server, String host, long process, Optional<URI> address) {

    /** Says who has this data directory: nothing else in it does. */
    private static final String FILE = "server-id";

    /**
     * This process.
     *
     * @param data the data directory; empty for a server of which nothing stays
     * @throws IOException when its id cannot be read or written there
     */
    static Candidate here(Optional<Path> data, Optional<URI> address) throws IOException {
        String nonce = UUID.randomUUID().toString();
        String host = hostName();
        return new Candidate(
                "smo-" + nonce,
                (data.isPresent() ? id(data.get()) : nonce) + "@" + host,
                host,
                ProcessHandle.current().pid(),
                address);
    }

    private static String id(Path data) throws IOException {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(data);
            try {
                Files.writeString(file, UUID.randomUUID() + "\n", StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException just) {
                return id(data);
            }
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }
}
