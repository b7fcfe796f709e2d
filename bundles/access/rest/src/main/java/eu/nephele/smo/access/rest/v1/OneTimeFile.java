// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.v1;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A file that was made for one answer, and is gone with it. */
final class OneTimeFile {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private OneTimeFile() {}

    /** @param name of the file for the caller; {@code %s} becomes the time */
    static Response answer(Path file, String name) throws IOException {
        boolean handedOver = false;
        try {
            StreamingOutput body = out -> sendOnce(file, out);
            Response answer = Response.ok(body)
                    .header(
                            HttpHeaders.CONTENT_DISPOSITION,
                            "attachment; filename=\"%s\"".formatted(name.formatted(TIME.format(Instant.now()))))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build();
            handedOver = true;
            return answer;
        } finally {
            if (!handedOver) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void sendOnce(Path file, OutputStream out) throws IOException {
        try {
            Files.copy(file, out);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
