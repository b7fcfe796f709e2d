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
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * @param id unique among all servers and starts; sessions of its transactions have it as their name
 * @param server the same at each start with one data directory on one host: the launcher allows one process at a time,
 *     so that a former one with this name has ended
 * @param process its process id there
 */
record OwnerCandidate(String id, String server, String host, long process, Optional<URI> address) {

    /** Says who has this data directory: nothing else in it does. */
    private static final String FILE = "server-id";

    private static final Pattern LEASE = Pattern.compile(".*-(\\d{1,6})ms");

    /**
     * This process.
     *
     * @param data the data directory; empty for a server of which nothing stays
     * @throws IOException when its id cannot be read or written there
     */
    static OwnerCandidate here(Optional<Path> data, Optional<URI> address) throws IOException {
        String nonce = UUID.randomUUID().toString();
        String host = hostName();
        return new OwnerCandidate(
                "smo-" + nonce,
                (data.isPresent() ? id(data.get()) : nonce) + "@" + host,
                host,
                ProcessHandle.current().pid(),
                address);
    }

    /**
     * Returns a candidate whose id contains the length of its lease: servers with one database may be configured
     * differently, and none may take over before the lease of the owner has ended. The table of leases has no column
     * for it in versions before.
     */
    OwnerCandidate leasing(Duration length) {
        return new OwnerCandidate("%s-%dms".formatted(id, length.toMillis()), server, host, process, address);
    }

    /** @return empty when the id does not contain it */
    static Optional<Duration> lease(String id) {
        Matcher said = LEASE.matcher(id);
        return said.matches() ? Optional.of(Duration.ofMillis(Long.parseLong(said.group(1)))) : Optional.empty();
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
