// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.diagnose;

import eu.nephele.smo.access.cli.client.OwnerOnly;
import eu.nephele.smo.core.contract.runtime.SecretRedactor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What can be had of a server that does not answer: the end of its log, its files by name, threads and heap of its process. */
final class LocalDiagnosis {

    private static final int LOG_BYTES = 2 << 20;
    private static final int MOST_FILES = 500;
    private static final int DEPTH = 3;
    private static final long ANSWERS_SECONDS = 20;

    private final Path data;
    private final Optional<Long> process;

    /** @param process empty when none is known to run */
    LocalDiagnosis(Path data, Optional<Long> process) {
        this.data = data;
        this.process = process;
    }

    /** @param why it does not answer */
    void write(Path file, List<String> why) throws IOException {
        OwnerOnly.createIfMissing(file);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
            add(zip, "why.txt", String.join("\n", why));
            add(zip, "files.txt", files());
            add(zip, "log.txt", log());
            if (process.isEmpty()) {
                add(zip, "process.txt", "No process of a server is known on this machine.");
                return;
            }
            add(zip, "process.txt", status());
            add(zip, "threads.txt", asked("Thread.print", "-l"));
            add(zip, "heap.txt", asked("GC.heap_info"));
        }
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(SecretRedactor.redacted(text).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private String files() {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data, DEPTH)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList()) {
                lines.add("%12d %s %s"
                        .formatted(Files.size(file), Files.getLastModifiedTime(file), data.relativize(file)));
            }
        } catch (IOException | RuntimeException unreadable) {
            lines.add("cannot be listed: " + unreadable);
        }
        return String.join("\n", lines);
    }

    private String log() {
        Path log = data.resolve("log/smo.log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long begin = Math.max(0, file.length() - LOG_BYTES);
            byte[] end = new byte[(int) (file.length() - begin)];
            file.seek(begin);
            file.readFully(end);
            String text = new String(end, StandardCharsets.UTF_8);
            // the first line is not whole
            return begin == 0 ? text : text.substring(text.indexOf('\n') + 1);
        } catch (IOException unreadable) {
            return "%s cannot be read: %s".formatted(log, unreadable.getMessage());
        }
    }

    private String status() {
        try {
            return Files.readString(Path.of("/proc", process.orElseThrow().toString(), "status"));
        } catch (IOException notLinux) {
            return "The system does not tell: " + notLinux.getMessage();
        }
    }

    /** Asks the process by the tool of a JDK. */
    private String asked(String... command) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(tool)) {
            return "%s is missing: only a JDK has it".formatted(tool);
        }
        Path answer = null;
        try {
            answer = Files.createTempFile("smo-diagnose", ".txt");
            List<String> all = new ArrayList<>(
                    List.of(tool.toString(), process.orElseThrow().toString()));
            all.addAll(List.of(command));
            Process asking = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(answer.toFile())
                    .start();
            if (!asking.waitFor(ANSWERS_SECONDS, TimeUnit.SECONDS)) {
                asking.destroyForcibly();
                return "The process does not answer within %d s".formatted(ANSWERS_SECONDS);
            }
            return Files.readString(answer);
        } catch (IOException failed) {
            return "%s failed: %s".formatted(tool, failed.getMessage());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            Optional.ofNullable(answer).ifPresent(file -> file.toFile().delete());
        }
    }
}
