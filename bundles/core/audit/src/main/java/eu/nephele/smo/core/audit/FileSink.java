// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Appends entries to a file as lines of JSON. A group is there as a whole or not at all, unless the server is killed meanwhile. */
final class FileSink implements ChainReader.ChainSink {

    private final Path file;
    private final AuditLines lines = new AuditLines();

    FileSink(Path file) {
        this.file = file;
    }

    @Override
    public void take(List<AuditEntry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        entries.forEach(entry -> bytes.writeBytes(lines.line(entry)));
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // opened anew for each group: whoever rotates the file need not tell us
            long end = out.size();
            try {
                ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
                long position = end;
                while (buffer.hasRemaining()) {
                    position += out.write(buffer, position);
                }
                out.force(true);
            } catch (IOException full) {
                out.truncate(end);
                throw full;
            }
        }
    }
}
