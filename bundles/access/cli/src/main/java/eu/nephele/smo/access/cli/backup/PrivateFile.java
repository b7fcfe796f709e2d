// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.backup;

import eu.nephele.smo.access.cli.client.OwnerOnly;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** A file that only its owner can read, and that has its name only when it is complete and on the disk. */
final class PrivateFile implements AutoCloseable {

    private static final Set<? extends OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);

    private final Path target;
    private final Path part;
    private final FileChannel channel;

    private PrivateFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    /** @throws FileAlreadyExistsException when there is a file of that name: an archive takes the place of no other one */
    static PrivateFile create(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it exists already; it is not overwritten");
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        FileAttribute<?>[] attributes = OwnerOnly.attributes(part).toArray(FileAttribute<?>[]::new);
        return new PrivateFile(target, part, FileChannel.open(part, NEW, attributes));
    }

    /** Closing it keeps the file open. */
    OutputStream out() {
        OutputStream file = Channels.newOutputStream(channel);
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                file.write(one);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                file.write(bytes, offset, length);
            }
        };
    }

    long bytes() throws IOException {
        return channel.position();
    }

    /** Gives it its name. */
    void complete() throws IOException {
        channel.force(true);
        channel.close();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is not complete is removed. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
