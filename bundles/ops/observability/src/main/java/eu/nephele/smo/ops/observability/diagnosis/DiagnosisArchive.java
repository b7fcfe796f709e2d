// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.observability.diagnosis;

import eu.nephele.smo.core.contract.runtime.DiagnosticReport;
import eu.nephele.smo.core.contract.runtime.SecretRedactor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A ZIP file of texts without secrets of known form; each text has a bounded length. */
public final class DiagnosisArchive implements AutoCloseable {

    /** Of one text, before it is compressed. */
    static final int MOST_BYTES = 8 << 20;

    private final ZipOutputStream zip;

    public DiagnosisArchive(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /** Adds a report; one that fails is in the archive with its reason, beside the others. */
    public void add(DiagnosticReport report) throws IOException {
        String text;
        try {
            // as a whole: a private key has several lines
            text = SecretRedactor.redacted(String.join("\n", report.lines()));
        } catch (RuntimeException | LinkageError | StackOverflowError failed) {
            text = SecretRedactor.redacted("This report failed: " + failed);
        }
        text(report.fileName(), text);
    }

    private void text(String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        long left = MOST_BYTES;
        for (String line : text.split("\n", -1)) {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
            left -= bytes.length;
            if (left < 0) {
                zip.write("… cut off\n".getBytes(StandardCharsets.UTF_8));
                break;
            }
            zip.write(bytes);
        }
        zip.closeEntry();
    }

    /** Adds a file as it is: a recording, which has no texts of the machine or of users (ADR 0045). */
    public void add(String name, Path recording) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(recording, zip);
        zip.closeEntry();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
