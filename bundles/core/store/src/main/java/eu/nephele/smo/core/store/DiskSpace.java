// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Room for the file of the embedded database to grow. H2 writes as soon as it is opened; where it cannot, it closes itself in the middle,
 * and may leave the file locked for as long as this process lives.
 */
final class DiskSpace {

    /** More than opening writes, and the first second of a server. */
    static final int BYTES = 8 << 20;

    private static final String PROBE = "smo.room";

    private DiskSpace() {}

    /**
     * Writes another file as the database would write its own: behind the end of that one, so that a limit of the file
     * size counts, too. The part before it is a hole.
     *
     * @throws IOException when there is no free space
     */
    static void require(Path directory) throws IOException {
        Path database = directory.resolve(EmbeddedUrl.FILE);
        long end = Files.exists(database) ? Files.size(database) : 0;
        Path probe = directory.resolve(PROBE);
        Files.deleteIfExists(probe);
        try (FileChannel file = FileChannel.open(
                probe,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            while (bytes.hasRemaining()) {
                file.write(bytes, end + bytes.position());
            }
        } catch (IOException full) {
            throw new IOException(
                    "the disk has no space left for the file of the embedded database to grow by %d KB: %s"
                            .formatted(BYTES >> 10, full.getMessage()),
                    full);
        }
    }
}
