// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.audit;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditBatch.AuditDraft;
import eu.nephele.smo.core.contract.audit.AuditEntry;
import eu.nephele.smo.core.contract.audit.AuditLineReader;
import eu.nephele.smo.core.contract.audit.AuditLines;
import eu.nephele.smo.core.contract.audit.AuditTexts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that are not in the chain yet, in a local file; each is on the disk when it is added. What a kill has left half written was
 * never promised, and is skipped.
 */
final class LocalBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(LocalBuffer.class);

    private final Path file;
    private final long mostBytes;
    private final AuditLines lines = new AuditLines();
    private long count;

    /** @param directory made when something is added */
    LocalBuffer(Path directory, long mostBytes) {
        this.file = directory.resolve("buffer.jsonl");
        this.mostBytes = mostBytes;
        this.count = countLines(file);
    }

    private static long countLines(Path present) {
        if (!Files.exists(present)) {
            return 0;
        }
        try (var all = Files.lines(present, StandardCharsets.ISO_8859_1)) {
            return all.filter(line -> !line.isBlank()).count();
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warn("local buffer of the audit unreadable file={}", present, e);
            return 1;
        }
    }

    /** How many entries wait. */
    synchronized long size() {
        return count;
    }

    /** @throws IOException when it is full, or the disk is */
    synchronized void add(String id, AuditRecord content) throws IOException {
        byte[] line = lines.line(new AuditEntry(0, 0, id, AuditTexts.within(content), "", ""));
        Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long end = out.size();
            if (end + line.length > mostBytes) {
                throw new IOException("%s is full".formatted(file));
            }
            try {
                // a line feed first: what a kill has left half written must not take this line with it
                write(
                        out,
                        end,
                        ByteBuffer.allocate(line.length + 1).put((byte) '\n').put(line));
                out.force(true);
            } catch (IOException full) {
                out.truncate(end);
                throw full;
            }
        }
        count++;
    }

    private static void write(FileChannel out, long at, ByteBuffer bytes) throws IOException {
        bytes.flip();
        long position = at;
        while (bytes.hasRemaining()) {
            position += out.write(bytes, position);
        }
    }

    /**
     * Hands over what waits, and forgets it when that has worked. The last state of each entry counts. What is added meanwhile
     * waits for the next time.
     *
     * @param taker may throw: then everything comes again
     */
    void drain(Consumer<List<AuditDraft>> taker) throws IOException {
        byte[] present = present();
        Map<String, AuditDraft> waiting = new LinkedHashMap<>();
        new String(present, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .flatMap(line -> read(line).stream())
                .forEach(draft -> waiting.put(draft.id(), draft));
        taker.accept(List.copyOf(waiting.values()));
        forget(present.length);
    }

    private synchronized byte[] present() throws IOException {
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    private synchronized void forget(int length) throws IOException {
        byte[] all = present();
        if (all.length > length) {
            Path rest = file.resolveSibling("buffer.rest.jsonl");
            try (FileChannel out = FileChannel.open(
                    rest, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                write(out, 0, ByteBuffer.allocate(all.length - length).put(all, length, all.length - length));
                out.force(true);
            }
            Files.move(rest, file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.deleteIfExists(file);
        }
        count = countLines(file);
    }

    private static List<AuditDraft> read(String line) {
        List<AuditDraft> read = new ArrayList<>();
        try {
            new AuditLineReader(
                            entry -> read.add(new AuditDraft(entry.id(), entry.content(), true)),
                            seal -> LOG.error("local buffer of the audit has a seal seal={}", seal))
                    .read(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException half) {
            LOG.warn("a half-written entry of the local buffer of the audit is skipped line={}", line, half);
        }
        return read;
    }
}
