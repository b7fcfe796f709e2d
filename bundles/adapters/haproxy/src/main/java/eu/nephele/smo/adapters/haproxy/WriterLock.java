// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * At most one process writes a configuration file: a lock of the operating system, which ends with the process. Who holds it is in a
 * file beside: the locked one is opened for the lock only, since closing it anywhere in the process would end the lock.
 */
final class WriterLock implements AutoCloseable {

    private static final int MOST_CHARACTERS = 200;

    private final String system;
    private final Path lockFile;
    private final Path holderFile;
    private Optional<FileChannel> opened = Optional.empty();
    private Optional<FileLock> held = Optional.empty();

    WriterLock(String system, Path file) {
        this.system = system;
        this.lockFile = file.resolveSibling(file.getFileName() + ".lock");
        this.holderFile = file.resolveSibling(file.getFileName() + ".writer");
    }

    /** @throws AdapterException {@code CONFLICT} when another process writes, saying which */
    synchronized void hold(String owner) {
        if (held.filter(FileLock::isValid).isPresent()) {
            return;
        }
        try {
            Files.createDirectories(lockFile.toAbsolutePath().getParent());
            held = Optional.ofNullable(channel().tryLock());
            if (held.isEmpty()) {
                throw taken();
            }
            Files.writeString(
                    holderFile,
                    "installation %s, process %d"
                            .formatted(owner, ProcessHandle.current().pid()));
        } catch (OverlappingFileLockException here) {
            // another balancer of this process
            throw taken();
        } catch (IOException failed) {
            throw new AdapterException(
                    Kind.UNAVAILABLE, system, "Cannot lock %s: %s".formatted(lockFile, failed), failed);
        }
    }

    /** Stays open after a failure: closing it would end a lock that another balancer of this process holds. */
    private FileChannel channel() throws IOException {
        if (opened.filter(FileChannel::isOpen).isEmpty()) {
            opened = Optional.of(FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        }
        return opened.orElseThrow();
    }

    private AdapterException taken() {
        return new AdapterException(
                Kind.CONFLICT,
                system,
                "The configuration beside %s is written by another server: %s; stop that one, or give this one another HAProxy"
                        .formatted(lockFile, holder()));
    }

    private String holder() {
        try {
            String text = Files.readString(holderFile).replaceAll("[^ -~]", "?");
            return text.substring(0, Math.min(MOST_CHARACTERS, text.length()));
        } catch (IOException unknown) {
            return "it does not say which (%s)".formatted(unknown);
        }
    }

    /** Lets others write. */
    @Override
    public synchronized void close() throws IOException {
        if (held.isPresent()) {
            held.get().acquiredBy().close();
            held = Optional.empty();
        }
    }
}
